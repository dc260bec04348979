// All sixteen subkeys as a table: shift, C, D and the subkey in hex, and where there is room the 48 bits as cells, so
// that a key bit which is followed shows its place in each of them. A row is the way to its round.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/stages/schedule/schedule_model.hpp"

namespace keyhole::viz {

/// Returns the foot.
float draw_subkeys(const StageInput& input, const ScheduleModel& schedule, Canvas& canvas, Rect area);

} // namespace keyhole::viz
