// modexp.csv: the counters, the bits and every value. Where exchange.csv tells base, exponent and modulus everything is
// computed again; where nothing does, the modulus is what all squarings and multiplications have in common, and a
// cell is named only where no other could be the wrong one.
#pragma once

#include <optional>
#include <vector>

#include "core/csv/csv_power.hpp"
#include "core/verify/verify_table.hpp"

namespace keyhole::verify {

struct PowerRow {
    std::uint64_t line = 0, bit_index = 0, bit = 0;
    bool multiply = false;
    Number value;
    std::string cell; // the value as it is written
};

/// Values that cannot all be right.
struct Disagreement {
    std::vector<std::size_t> rows;  // any of which may be the wrong one; empty when more than one must be
    std::optional<Number> expected; // what the only one of them should be, where that is certain
};
/// Rows are in order: every bit squares, a 1 bit then multiplies.
std::optional<Disagreement> find_disagreement(const std::vector<PowerRow>& rows);

/// Checks modexp.csv and returns its rows' number. `known` lists every operation, or is empty. Throws WrongCell.
CheckedFile check_powers(const std::filesystem::path& path, const std::vector<csv::Operation>& known);

} // namespace keyhole::verify
