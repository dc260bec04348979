#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cassert>

#include "core/base/crypto/crypto.hpp"

namespace keyhole::crypto {

Digest sha256(std::span<const std::uint8_t> data) {
    Digest out{};
    SHA256(data.data(), data.size(), out.data());
    return out;
}

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view message) {
    Digest out{};
    unsigned size = 0;
    [[maybe_unused]] const auto* made =
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(message.data()), message.size(), out.data(), &size);
    assert(made != nullptr && size == out.size());
    return out;
}

std::string encode_base64(std::span<const std::uint8_t> bytes) {
    std::string out((bytes.size() + 2) / 3 * 4, '\0');
    if (bytes.empty()) return out;
    // The NUL that EVP_EncodeBlock puts behind the text is the string's own.
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), static_cast<int>(bytes.size()));
    return out;
}

std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text) {
    std::vector<std::uint8_t> out(text.size() / 4 * 3);
    const int written =
        EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    // White space around the text is trimmed, and makes it shorter.
    if (written < 0 || static_cast<std::size_t>(written) != out.size()) return std::nullopt;
    return out;
}

bool draw_random(std::span<std::uint8_t> out) { return RAND_priv_bytes(out.data(), static_cast<int>(out.size())) == 1; }

void wipe(std::span<std::uint8_t> bytes) { OPENSSL_cleanse(bytes.data(), bytes.size()); }

} // namespace keyhole::crypto
