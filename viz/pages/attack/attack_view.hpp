// The pieces of the attack's page that stand in files of their own.
#pragma once

#include "viz/draw/screen_canvas.hpp"
#include "viz/pages/attack/attack_times.hpp"

namespace keyhole::viz {

float attack_axis_height(float em, std::size_t times);

/// All times on one logarithmic axis, from a microsecond to 10^30 years; what takes longer has an arrow at its end.
/// At least `attack_axis_height` is needed.
void draw_attack_axis(ScreenCanvas& canvas, Rect area, const std::vector<AttackTime>& times);

} // namespace keyhole::viz
