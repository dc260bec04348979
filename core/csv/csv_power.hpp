// The rows of modexp.csv: one for every squaring and every multiplication.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"
#include "core/dh/fast_modexp.hpp"
#include "core/recording/recording.hpp"

namespace keyhole::csv {

/// A modular exponentiation that a recording holds, and the address at which its steps stand.
struct Operation {
    std::string address;
    Number base, exponent, modulus;
};

/// All of them in the order of the step tree; only those whose exponent is known here.
std::vector<Operation> operations(const Recording& recording);

/// Row `step` of an operation, with its line end: what exponent bit number `bit_index` made by squaring or multiplying.
std::string power_row(std::string_view operation, std::uint64_t step, std::size_t bit_index, const PowerStep& bit,
                      bool multiply, std::size_t modulus_bits);

/// Decimal below 10^15, which every spreadsheet keeps, else hex with 0x, as wide as the modulus.
std::string number_cell(const Number& number, std::size_t modulus_bits);

/// Returns how many rows it wrote. Throws Error (io).
std::uint64_t write_operation(FileWriter& out, const Operation& operation);

} // namespace keyhole::csv
