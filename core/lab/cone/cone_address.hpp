// A bit of a step as a person names it: ADDRESS#BIT, such as message.1/encrypt/block.1/round.5/sbox.3#2.
#pragma once

#include <optional>
#include <string_view>

#include "core/lab/cone/cone.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::lab {

struct ConeStep {
    Node node;
    ConeBit bit;
};

/// The bit counts from 1 in what the step gives: the 64 bits of ip, swap and fp, the 64 of L and R of a round, the 48
/// of expand and mix, the four of an S-box, the 32 of permute, and those of R in join. Throws Error (bad_input) for a
/// step that is not there or has no such bit.
ConeStep cone_step(const Trace& trace, std::string_view address_and_bit);

/// Whether a step has bits with cones, and how many.
std::optional<unsigned> cone_bits(const Node& node);

/// The cone of that bit in the trace's own block, under its key.
std::vector<ConeRow> cone_of(const Trace& trace, const ConeStep& step);
ConeMap cone_map(const Trace& trace, const ConeStep& step);

} // namespace keyhole::lab
