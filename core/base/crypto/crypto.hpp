// Cryptography that the house stands on and does not show: hashing, base64 and random bytes. OpenSSL's libcrypto does
// it (crypto_openssl.cpp); in a browser, where that would be as large as all the rest, LibTomCrypt and the browser do
// (crypto_web.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole {

using Digest = std::array<std::uint8_t, 32>; // of SHA-256

namespace crypto {

/// FIPS 180-4.
Digest sha256(std::span<const std::uint8_t> data);

/// RFC 2104.
Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view message);

/// RFC 4648, with padding.
std::string encode_base64(std::span<const std::uint8_t> bytes);

/// Three bytes for every four characters, those of padding 0. Takes more spellings than the one canonical: callers
/// compare. Empty where it is no base64 at all; `text` has a multiple of four characters.
std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text);

/// From the system's generator, which is OpenSSL's or the browser's. False where it gives none.
bool draw_random(std::span<std::uint8_t> out);

/// Overwrites what was secret; no compiler leaves it out.
void wipe(std::span<std::uint8_t> bytes);

} // namespace crypto
} // namespace keyhole
