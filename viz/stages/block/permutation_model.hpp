// A permutation of a block's 64 bits as the stage shows it: IP, the swap of the halves before the final permutation, or
// FP. Every bit keeps its value and goes to one place. (FIPS 46-3, "Enciphering".)
#pragma once

#include <array>
#include <string>

#include "core/des/des_tables.hpp"
#include "core/steps/trace.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

/// 32 bits of a row, as they are named: "L₀", or half of a block without names.
struct HalfRow {
    std::string label;
    Meaning meaning = Meaning::plain;
};

struct PermutationModel {
    Kind kind = Kind::ip;
    std::string name;                 // "IP"
    std::string title;                // "Initial permutation IP"
    unsigned rounds = 16;             // of the cipher
    bool moves = true;                // false where a variant leaves the step out
    std::string from_words, to_words; // "the block that enters", "L₀ and R₀"
    std::string rule;                 // how the table is made, one sentence
    Bits from, to;
    std::array<HalfRow, 2> from_halves, to_halves;
    des::Selection<64> source{};            // by place after, from index 0: the place before, from 1
    std::array<unsigned, 64> destination{}; // the inverse
    bool squares = true;                    // the table has a rule that eight rows of eight show
};

/// The node is `ip`, `swap` or `fp` of a block.
PermutationModel make_permutation_model(const Trace& trace, const Node& node);

/// "bit 58 of the block → bit 1 of L₀"; `before` counts from 1 in the upper row.
std::string bit_words(const PermutationModel& model, unsigned before);

} // namespace keyhole::viz
