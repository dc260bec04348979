// Differential characteristics: how a difference of two texts may go from round to round, and with what chance (Biham
// and Shamir, Journal of Cryptology 4, 1991, section 3).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/des/variant.hpp"
#include "core/lab/ddt.hpp"

namespace keyhole::lab {

/// Differences of the two halves.
struct HalvesDifference {
    std::uint32_t left = 0, right = 0;

    bool operator==(const HalvesDifference&) const = default;
};

struct Characteristic {
    HalvesDifference input;             // of L0 and R0, behind IP
    std::vector<std::uint32_t> outputs; // of f, a round each

    /// The differences of L_n and R_n after `rounds` rounds.
    HalvesDifference after(std::size_t rounds) const;
};

/// What a difference of f's output was before P: the difference of the eight boxes' outputs.
std::uint32_t before_permutation(std::uint32_t difference);

/// The chance that f turns an input difference into an output difference, over all inputs: box by box from the tables.
double chance(std::uint32_t input_difference, std::uint32_t output_difference, const std::array<Ddt, 8>& tables);

/// The likeliest output difference of f for an input difference.
std::uint32_t likeliest_output(std::uint32_t input_difference, const std::array<Ddt, 8>& tables);

std::array<Ddt, 8> difference_tables(const std::array<des::SBox, 8>& boxes);

/// The product of the rounds' chances, as if they were independent.
double chance(const Characteristic& characteristic, const std::array<Ddt, 8>& tables);

/// Of `pairs` pairs with the characteristic's input difference, each under a random key, those that follow it through
/// its first round, its first two, and so on to all of them. `go_on` is asked now and then; where it says no, `pairs`
/// becomes what was done.
std::vector<std::size_t> count_followers(
    const Characteristic& characteristic, const des::Variant& variant, std::size_t& pairs, Random random,
    const std::function<bool(std::size_t done, const std::vector<std::size_t>& followed)>& go_on = {});

/// The classical ones, with a name and where they stand in the paper.
struct NamedCharacteristic {
    std::string name, words;
    Characteristic characteristic;
};
const std::vector<NamedCharacteristic>& classical_characteristics();

/// Those on which the attack on 4, 6 or 8 rounds stands: of one, three or five rounds.
std::vector<Characteristic> characteristics_of_attack(unsigned rounds);

} // namespace keyhole::lab
