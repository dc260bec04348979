// SHA-256 (FIPS 180-4), from OpenSSL's libcrypto.
#pragma once

#include <openssl/sha.h>

#include <array>

#include "core/base/bytes.hpp"

namespace keyhole {

/// The digest of all of `data`.
inline std::array<std::uint8_t, 32> sha256(ByteView data) {
    std::array<std::uint8_t, 32> out{};
    SHA256(data.data(), data.size(), out.data());
    return out;
}

} // namespace keyhole
