#include "core/base/random.hpp"

#include <algorithm>
#include <array>

#include "core/base/crypto/crypto.hpp"
#include "core/base/error.hpp"

namespace keyhole {

namespace {

void draw(std::span<std::uint8_t> out) {
    if (!crypto::draw_random(out)) throw io_error("the system gives no random bytes (its generator failed; try again)");
}

// A call into the generator takes locks and a system call, so small requests are served from a buffer that each thread
// has of its own. Bytes that were handed out are wiped.
void fill_from_system(std::span<std::uint8_t> out) {
    struct Buffer {
        std::array<std::uint8_t, 1024> bytes{};
        std::size_t left = 0;
    };
    thread_local Buffer buffer;
    if (out.size() > buffer.bytes.size() / 8) return draw(out);
    if (out.size() > buffer.left) {
        draw(buffer.bytes);
        buffer.left = buffer.bytes.size();
    }
    const auto given = std::span(buffer.bytes).subspan(buffer.left - out.size(), out.size());
    std::ranges::copy(given, out.begin());
    crypto::wipe(given);
    buffer.left -= out.size();
}

} // namespace

Random Random::system() { return {}; }

Random Random::seeded(std::string_view seed) {
    Random random;
    random.state_ = Stream{.key = "keyhole/1 seed\n" + std::string(seed), .counter = 0, .left = {}};
    return random;
}

Random Random::fork(std::string_view label) const {
    if (!state_) return system();
    Random child;
    child.state_ = Stream{.key = state_->key + "\n" + std::string(label), .counter = 0, .left = {}};
    return child;
}

void Random::fill(std::span<std::uint8_t> out) {
    if (!state_) return fill_from_system(out);
    for (std::uint8_t& byte : out) {
        if (state_->left.empty()) {
            const auto digest = crypto::sha256(to_bytes(state_->key + "\n" + std::to_string(state_->counter++)));
            state_->left.assign(digest.rbegin(), digest.rend());
        }
        byte = state_->left.back();
        state_->left.pop_back();
    }
}

std::uint64_t Random::block() {
    Bytes bytes(8);
    fill(bytes);
    return load_block(bytes);
}

Number Random::between(const Number& low, const Number& high) {
    const Number span = high - low;
    const std::size_t bits = bit_length(span);
    Bytes bytes((bits + 7) / 8);
    while (true) {
        fill(bytes);
        if (bits % 8 != 0) bytes[0] = static_cast<std::uint8_t>(bytes[0] & ((1U << bits % 8) - 1));
        Number candidate = from_bytes(bytes);
        if (candidate <= span) return low + candidate;
    }
}

} // namespace keyhole
