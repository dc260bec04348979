// modexp.csv: the counters, the bits and every value. Where exchange.csv tells base, exponent and modulus everything is
// computed again; where nothing does, the modulus is what all squarings and multiplications have in common.
#pragma once

#include <optional>
#include <vector>

#include "core/csv_power.hpp"
#include "core/verify_table.hpp"

namespace keyhole::verify {

struct PowerRow {
    std::uint64_t line = 0, bit_index = 0, bit = 0;
    bool multiply = false;
    Number value;
    std::string cell; // the value as it is written
};

/// The first value in which the rows disagree. Rows are in order: every bit squares, a 1 bit then multiplies.
struct WrongValue {
    std::size_t row = 0;
    std::optional<Number> expected;
};
std::optional<WrongValue> find_wrong_value(const std::vector<PowerRow>& rows);

/// Checks modexp.csv and returns its rows' number. `known` lists every operation, or is empty. Throws WrongCell.
CheckedFile check_powers(const std::filesystem::path& path, const std::vector<csv::Operation>& known);

} // namespace keyhole::verify
