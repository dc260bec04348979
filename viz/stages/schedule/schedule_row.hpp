// One row of the key schedule's stage alone, as large as it gets: each bit with its number.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// `input.state.zoom` is "row." and the index of its KeyLane.
Picture schedule_row(const StageInput& input);

} // namespace keyhole::viz
