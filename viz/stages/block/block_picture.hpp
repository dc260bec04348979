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

/// Bit after bit, half after half.
Item next_ladder_item(const StageInput& input, Item followed, int step);

/// The bit of the ladder that an item of its stage stands for; nothing for 0.
std::optional<LadderBit> ladder_bit(Item item);
Item item_of(LadderBit bit);

/// The steps of a block in their order: "IP", "1" to "16", "swap", "FP".
std::vector<HeadStop> block_stops(const Node& node);

} // namespace keyhole::viz
