// SHA-256 (FIPS 180-4).
#pragma once

#include "core/base/crypto.hpp"

namespace keyhole {

/// The digest of all of `data`.
inline Digest sha256(ByteView data) { return crypto::sha256(data); }

} // namespace keyhole
