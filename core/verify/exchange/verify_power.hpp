// modexp.csv: the counters, the bits and every value. Where exchange.csv tells base, exponent and modulus everything is
// computed again; else the values are compared with each other (verify_power_values.hpp).
#pragma once

#include <filesystem>
#include <vector>

#include "core/csv/csv_power.hpp"
#include "core/verify/cells/wrong_cell.hpp"

namespace keyhole::verify {

/// Checks modexp.csv and returns its rows' number. `known` lists every operation, or is empty. Throws WrongCell.
CheckedFile check_powers(const std::filesystem::path& path, const std::vector<csv::Operation>& known);

} // namespace keyhole::verify
