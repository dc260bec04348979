#include "core/worksheet/sheet_numbers.hpp"

#include <fmt/format.h>

#include <cassert>

namespace keyhole::worksheet {

Digest hmac_sha256(std::string_view key, std::string_view message) {
    return crypto::hmac_sha256(as_bytes(key), message);
}

SheetNumbers::SheetNumbers(std::string_view seed, std::string_view id, std::string_view kind)
    : student_(hmac_sha256(seed, id)), kind_(kind) {}

std::uint64_t SheetNumbers::block() {
    if (left_.empty()) {
        const Digest more = crypto::hmac_sha256(student_, fmt::format("{} {}", kind_, ++made_));
        left_.assign(more.rbegin(), more.rend());
    }
    std::uint64_t out = 0;
    for (int i = 0; i < 8; ++i) {
        out = out << 8 | left_.back();
        left_.pop_back();
    }
    return out;
}

std::uint64_t SheetNumbers::below(std::uint64_t count) {
    assert(count > 0);
    const std::uint64_t unfair = (0 - count) % count; // 2^64 modulo count
    while (true) {
        const std::uint64_t drawn = block();
        if (drawn < 0 - unfair || unfair == 0) return drawn % count;
    }
}

std::string SheetNumbers::seal(std::string_view text) const {
    const Digest made = crypto::hmac_sha256(student_, fmt::format("seal {} {}", kind_, text));
    return to_hex(ByteView(made).first(16));
}

} // namespace keyhole::worksheet
