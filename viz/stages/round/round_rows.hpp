// A round's rows of bits, the wires between them and its boxes, in places that the grid knows.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/stages/round/round_grid.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

/// What is to be guessed: what the step gives, or while somebody predicts what the steps after it give.
CellSet covered_cells(const StageInput& input, const RoundModel& round);

void draw_round_rows(const StageInput& input, const RoundModel& round, Canvas& canvas, const RoundGrid& grid);

} // namespace keyhole::viz
