// The stage of a round: nine rows of cells that can be counted, the wires of E and P between them, the eight S-boxes.
// What belongs to the current step is outlined; the bit that is followed lights up all that it comes from and goes to.
#pragma once

#include <optional>

#include "viz/base/lanes.hpp"
#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step lies in a round. Its cells are "R4.7", its boxes "S3", the bits between keep their lane's letter: "E4.48",
/// "K5.13", "B5.6" (what enters the S-boxes), "S5.1" (what leaves them), "P5.1".
Picture round_picture(const StageInput& input);

Item next_round_item(const StageInput& input, Item followed, int step);

std::string name_of_round_item(const StageInput& input, Item item);

/// An S-box's step zooms into the box, other ones into the row that they make, and a bit that is followed into its row.
std::string zoom_of_round(const StageInput& input);

/// The bit of the round that an item of its stage stands for; nothing for 0.
std::optional<BitRef> followed_bit(Item item);
Item item_of(BitRef bit);

} // namespace keyhole::viz
