// The stage of a block: what the mode does in front, IP, the ladder of sixteen rounds with both halves, the swap, FP,
// and what the mode does behind. A round, a bar or a neighbouring block is the way there.
#pragma once

#include <optional>

#include "viz/picture/head.hpp"
#include "viz/picture/stage.hpp"
#include "viz/stages/block/block_model.hpp"

namespace keyhole::viz {

/// The step is a block. Its cells are "L4.7", "R4.7" and "preoutput.33"; its boxes "IP", "round.5", "swap" and "FP",
/// and of the mode's values "front.2" and "back.1".
Picture block_picture(const StageInput& input);

/// Items are the bits of the ladder, half after half: the bit that one stands for, nothing for 0.
std::optional<LadderBit> ladder_bit(Item item);
constexpr Item item_of(LadderBit bit) { return Item{bit.half} * 32 + bit.position; }
/// As many halves as the cipher has rounds, and two.
Item next_on_ladder(const StageInput& input, Item followed, int step);

/// The steps of a block in their order: "IP", "1" to "16", "swap", "FP".
std::vector<HeadStop> block_stops(const Node& node, unsigned rounds = 16);

} // namespace keyhole::viz
