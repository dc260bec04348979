// The pieces of the attack's page that stand in files of their own.
#pragma once

#include "viz/attack_model.hpp"
#include "viz/view.hpp"

namespace keyhole::viz {

/// All times on one logarithmic axis, from a microsecond to far beyond the age of the universe.
void draw_attack_axis(View& view, Canvas& canvas, Rect area, const std::vector<AttackTime>& times);

} // namespace keyhole::viz
