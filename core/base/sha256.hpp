// SHA-256 (FIPS 180-4), from OpenSSL's libcrypto.
#pragma once

#include <array>

#include "core/base/bytes.hpp"

namespace keyhole {

/// The digest of all of `data`.
std::array<std::uint8_t, 32> sha256(ByteView data);

} // namespace keyhole
