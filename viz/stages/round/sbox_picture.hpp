// An S-box as a table: binary headers, the chosen row and column tinted, the chosen cell filled; the outer bits of the
// input choose the row, the inner ones the column.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

/// Below the round. Its cells are "S3.row.column", counted from 0.
void draw_sbox_table(const StageInput& input, Canvas& canvas, Rect area, unsigned box);

/// An S-box's step where the window is too low for the whole round: the six bits, the table, the four bits that leave.
void draw_sbox_alone(const StageInput& input, const RoundModel& round, Canvas& canvas, Rect area);

} // namespace keyhole::viz
