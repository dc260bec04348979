// The linear approximation table of an S-box: how often a sum of input bits agrees with a sum of output bits (Matsui,
// "Linear cryptanalysis method for DES cipher", EUROCRYPT '93, section 3).
#pragma once

#include <array>
#include <vector>

#include "core/des/des_tables.hpp"

namespace keyhole::lab {

/// `lat[input mask][output mask]`: of the 64 inputs, those in which the chosen input bits and the chosen output bits
/// have the same parity, less 32. A mask is read as the value is: its leftmost bit is the box's first.
using Lat = std::array<std::array<int, 16>, 64>;

Lat approximation_table(const des::SBox& box);

/// The inputs in which the two parities agree, in rising order.
std::vector<unsigned> inputs_that_agree(const des::SBox& box, unsigned input_mask, unsigned output_mask);

/// The largest entry of the table without its sign, the trivial one of two empty masks left out.
int largest_entry(const Lat& table);

} // namespace keyhole::lab
