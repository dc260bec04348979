// Random bytes are the browser's: getentropy() is crypto.getRandomValues there.
#include <tomcrypt.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/crypto/crypto.hpp"

namespace keyhole::crypto {
namespace {

const unsigned char* start(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

} // namespace

Digest sha256(std::span<const std::uint8_t> data) {
    Digest out{};
    hash_state state;
    sha256_init(&state);
    if (!data.empty()) sha256_process(&state, data.data(), static_cast<unsigned long>(data.size()));
    sha256_done(&state, out.data());
    return out;
}

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view message) {
    Digest out{};
    hmac_state state;
    unsigned long size = out.size();
    hmac_init(&state, register_hash(&sha256_desc), key.data(), static_cast<unsigned long>(key.size()));
    hmac_process(&state, start(message), static_cast<unsigned long>(message.size()));
    hmac_done(&state, out.data(), &size);
    return out;
}

std::string encode_base64(std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) return {};                        // LibTomCrypt stops the program where it is given no bytes
    unsigned long size = (bytes.size() + 2) / 3 * 4 + 1; // LibTomCrypt writes a NUL behind it
    std::string out(size, '\0');
    base64_encode(bytes.data(), static_cast<unsigned long>(bytes.size()), reinterpret_cast<unsigned char*>(out.data()),
                  &size);
    out.resize((bytes.size() + 2) / 3 * 4);
    return out;
}

std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text) {
    std::vector<std::uint8_t> out(text.size() / 4 * 3);
    unsigned long size = out.size();
    if (base64_strict_decode(start(text), static_cast<unsigned long>(text.size()), out.data(), &size) != CRYPT_OK)
        return std::nullopt;
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(size), out.end(), std::uint8_t{0});
    return out;
}

bool draw_random(std::span<std::uint8_t> out) {
    constexpr std::size_t most = 256; // that getentropy() gives at once
    for (; !out.empty(); out = out.subspan(std::min(most, out.size()))) {
        if (::getentropy(out.data(), std::min(most, out.size())) != 0) return false;
    }
    return true;
}

void wipe(std::span<std::uint8_t> bytes) { zeromem(bytes.data(), bytes.size()); }

} // namespace keyhole::crypto
