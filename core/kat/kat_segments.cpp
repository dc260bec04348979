#include "core/kat/kat_segments.hpp"

namespace keyhole::kat {

bool is_bits(std::string_view text) { return !text.empty() && text.find_first_not_of("01") == std::string_view::npos; }

Bytes packed(std::string_view bits) {
    Bytes out((bits.size() + 7) / 8);
    for (std::size_t i = 0; i < bits.size(); ++i)
        if (bits[i] == '1') out[i / 8] |= static_cast<std::uint8_t>(0x80 >> i % 8);
    return out;
}

std::string bit_text(const Bytes& bytes, std::size_t bits) {
    std::string out;
    for (std::size_t i = 0; i < bits; ++i) out += (bytes[i / 8] << i % 8 & 0x80) != 0 ? '1' : '0';
    return out;
}

des::Block load_segment(Mode mode, const Bytes& text, std::uint64_t index) {
    const std::uint64_t at = segment_bits(mode) * index;
    des::Block out = 0;
    for (std::size_t i = at / 8; i < at / 8 + 8; ++i) out = out << 8 | (i < text.size() ? text[i] : 0U);
    return out << at % 8;
}

void store_segment(Mode mode, des::Block segment, std::uint64_t index, Bytes& text) {
    const std::uint64_t at = segment_bits(mode) * index;
    segment >>= at % 8;
    for (std::size_t i = at / 8; i < text.size() && segment != 0; ++i, segment <<= 8)
        text[i] |= static_cast<std::uint8_t>(segment >> 56);
}

} // namespace keyhole::kat
