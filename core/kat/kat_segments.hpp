// The texts of cfb, cfb8, cfb1 and ofb as a known-answer file has them: in segments of 64, 8 or 1 bits (FIPS 81).
// CAVP's files of cfb1 write a digit a bit, 0 or 1, in place of hex.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/modes/modes.hpp"

namespace keyhole::kat {

bool is_bits(std::string_view text);

/// Bits as bytes, the last filled up with zeros, and back.
Bytes packed(std::string_view bits);
std::string bit_text(const Bytes& bytes, std::size_t bits);

/// Segment `index` of a text (from 0) at the left of a block, the rest zero or what follows in the text.
des::Block load_segment(Mode mode, const Bytes& text, std::uint64_t index);
/// The same back into a text of zeros.
void store_segment(Mode mode, des::Block segment, std::uint64_t index, Bytes& text);

/// A segment's bits of a block, the rest zero.
constexpr des::Block leftmost(Mode mode, des::Block block) {
    return block >> (64 - segment_bits(mode)) << (64 - segment_bits(mode));
}

} // namespace keyhole::kat
