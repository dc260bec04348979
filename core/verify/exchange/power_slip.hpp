// What goes wrong in a modular exponentiation that was computed by hand.
#pragma once

#include <string>
#include <vector>

#include "core/csv/csv_power.hpp"
#include "core/dh/modexp.hpp"
#include "core/verify/exchange/verify_power_values.hpp"

namespace keyhole::verify {

/// What was computed instead, from the row before, where the value of row `i` is wrong; empty where that is not known.
std::string value_slip(const std::vector<PowerRow>& rows, std::size_t i, const csv::Operation& operation);

/// Whether the squarings belong to the exponent's bits from the lowest on. An exponent that reads the same both ways
/// says nothing.
bool bits_are_reversed(const std::vector<PowerRow>& rows, const PowerTrace& trace);

} // namespace keyhole::verify
