// The difference distribution table of an S-box: how often a difference of two inputs makes a difference of the two
// outputs (Biham and Shamir, "Differential cryptanalysis of DES-like cryptosystems", Journal of Cryptology 4, 1991).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/des/des_tables.hpp"

namespace keyhole::lab {

/// `ddt[input difference][output difference]`: of the 64 inputs, those whose output changes by that much when the input
/// does. Each pair counts twice, once from either side.
using Ddt = std::array<std::array<unsigned, 16>, 64>;

Ddt difference_table(const des::SBox& box);

/// The inputs that one entry of the table counts, in rising order.
std::vector<unsigned> inputs_of_difference(const des::SBox& box, unsigned input_difference, unsigned output_difference);

} // namespace keyhole::lab
