// What goes wrong at the S-boxes (FIPS 46-3, "The Cipher Function f"): mostly, which of the six bits choose the row. A
// slip is named where it explains all eight boxes of a round.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/verify/slips/selection_slip.hpp"
#include "core/verify/slips/standard.hpp"

namespace keyhole::verify {

/// What stands there of one box; what does not is absent.
struct BoxSight {
    std::optional<std::uint64_t> input, row, column, output;
};
using BoxSights = std::array<BoxSight, 8>;

/// How rows, columns and outputs came about, of which at least one is wrong.
Causes sbox_slips(const BoxSights& boxes, const des::Variant& variant = standard);

/// The same for one box alone: a slip is named where it explains what is known of that one.
Causes sbox_slips(unsigned box, const BoxSight& sight, const des::Variant& variant = standard);

/// The same from 48 bits in and 32 bits out.
Causes sbox_slips(std::uint64_t mixed, std::uint64_t s_out, const des::Variant& variant = standard);

/// The row (outer bits) and the column (inner bits) that six bits choose, and the six bits that choose them.
constexpr std::uint64_t outer_bits(std::uint64_t six) { return (six >> 4 & 2) | (six & 1); }
constexpr std::uint64_t inner_bits(std::uint64_t six) { return six >> 1 & 15; }
constexpr std::uint8_t six_bits(std::uint64_t row, std::uint64_t column) {
    return static_cast<std::uint8_t>((row >> 1 & 1) << 5 | (column & 15) << 1 | (row & 1));
}

} // namespace keyhole::verify
