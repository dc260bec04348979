// What a change of DES does, found on the spot with random keys and blocks: whether deciphering still undoes it,
// whether complements still make complements, how far one flipped bit reaches round by round, and how steep its boxes
// are. A fact that holds for every one of the trials is a measurement, and is said as one.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "core/base/random.hpp"
#include "core/des/variant.hpp"

namespace keyhole::lab {

/// How many of the 64 bits behind a round differ when one bit of the text, or of the key, is flipped.
struct Spread {
    double text_mean = 0, text_deviation = 0;
    double key_mean = 0, key_deviation = 0;
};

/// The largest entries of a box's two tables.
struct Steepest {
    unsigned differential = 0; // of 64 pairs of one difference, those with one and the same difference behind the box
    unsigned linear = 0;       // how far from 32 the agreements of some sum of inputs with some sum of outputs are

    bool operator==(const Steepest&) const = default;
};

struct VariantFacts {
    unsigned trials = 0;
    unsigned deciphered = 0;         // of them, blocks that came back with the subkeys in reverse
    unsigned deciphered_swapped = 0; // the same with the halves swapped before the first round and after the last
    unsigned complemented = 0;       // of them, those where key and block inverted gave the result inverted
    std::vector<Spread> rounds;      // from 0, before the first round, to the last
    std::array<Steepest, 8> boxes;
};

/// Told how much is done of all; returns false to stop.
using FactsProgress = std::function<bool(unsigned done, unsigned all)>;

/// Of `trials` (at least 2) random keys and blocks. What was stopped holds what was found until then.
VariantFacts find_facts(const des::Variant& variant, Random random, unsigned trials,
                        const FactsProgress& progress = {});

/// What deciphers in a variant without the last swap: the halves change places before the first round, and after the
/// last one.
des::Block decipher_swapped(des::Block block, const des::KeySchedule& schedule, const des::Variant& variant);

Steepest steepest(const des::SBox& box);

} // namespace keyhole::lab
