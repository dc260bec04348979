// What of a round can fill the stage: one of its rows, or one of its boxes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "viz/picture/stage.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

/// As StageState::zoom has it: "row.3", "S5".
std::string zoom_id(Lane lane);
std::string zoom_id(unsigned box);
std::optional<Lane> zoomed_lane(std::string_view zoom);
std::optional<unsigned> zoomed_box(std::string_view zoom);

/// One row of bits alone.
void draw_row_alone(const StageInput& input, const RoundModel& round, Canvas& canvas, Lane which, Rect room);

} // namespace keyhole::viz
