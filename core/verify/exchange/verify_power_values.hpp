// The values of modexp.csv where nothing tells the modulus: what all squarings and multiplications have in common is a
// multiple of it, and a cell is named only where no other could be the wrong one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/number.hpp"

namespace keyhole::verify {

struct PowerRow {
    std::uint64_t line = 0, bit_index = 0, bit = 0;
    bool multiply = false;
    Number value;
    std::string cell; // the value as it is written
};

/// Values that cannot all be right.
struct Disagreement {
    std::vector<std::size_t> rows;  // each may be the wrong one; empty where more than one must be wrong
    std::optional<Number> expected; // what the only one of them should be, where that is certain
};
/// Rows are in order: every bit squares, a 1 bit then multiplies.
std::optional<Disagreement> find_disagreement(const std::vector<PowerRow>& rows);

} // namespace keyhole::verify
