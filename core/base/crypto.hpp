// Cryptography that the house stands on and does not show: hashing, base64 and random bytes. OpenSSL's libcrypto does it
// (crypto_openssl.cpp); in a browser, where that would be as large as all the rest, LibTomCrypt and the browser do
// (crypto_web.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"

namespace keyhole {

using Digest = std::array<std::uint8_t, 32>; // of SHA-256

namespace crypto {

/// FIPS 180-4.
Digest sha256(ByteView data);

/// RFC 2104.
Digest hmac_sha256(ByteView key, std::string_view message);

/// RFC 4648, with padding.
std::string encode_base64(ByteView bytes);

/// Three bytes for every four characters, those of padding 0. Takes more spellings than the one canonical: callers
/// compare. Empty where it is no base64 at all; `text` has a multiple of four characters.
std::optional<Bytes> decode_base64(std::string_view text);

/// From the system's generator. Throws Error (io) where it gives none.
void draw_random(std::span<std::uint8_t> out);

/// Overwrites what was secret; no compiler leaves it out.
void wipe(std::span<std::uint8_t> bytes);

} // namespace crypto
} // namespace keyhole
