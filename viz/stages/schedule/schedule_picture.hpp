// The stage of the key schedule: the key, PC-1's wires to C and D, their rotation, PC-2's wires to the subkey, and all
// sixteen subkeys. The key bit that is followed is lit in every row. Wires are the model's paths.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is a key schedule or one of its rounds. Its cells are "key.7", "C4.7", "D4.7" and "K5.13", those of the
/// table of all subkeys "table.K5.13"; a wire has the name of the cell where it ends, "wire.K5.13". Items are the key's
/// bits.
Picture schedule_picture(const StageInput& input);

std::string name_of_key_bit(const StageInput& input, Item item);
/// The subkey of a round, the key of the whole schedule.
std::string zoom_of_schedule(const StageInput& input);

} // namespace keyhole::viz
