// The rows of modexp.csv: one for every squaring and every multiplication.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/fast_modexp.hpp"
#include "core/file.hpp"
#include "core/recording.hpp"

namespace keyhole::csv {

/// A modular exponentiation that a recording holds, and the address at which its steps stand.
struct Operation {
    std::string address;
    Number base, exponent, modulus;
};

/// All of them in the order of the step tree; only those whose exponent is known here.
std::vector<Operation> operations(const Recording& recording);

/// Returns how many rows it wrote. Throws Error (io).
std::uint64_t write_operation(FileWriter& out, const Operation& operation);

} // namespace keyhole::csv
