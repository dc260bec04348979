// A stage as large as its room: the largest type in which its drawing lies in the room and says no less than in the
// window's own. Below the drawing stands what the step comes to.
#pragma once

#include "viz/stages/stages.hpp"

namespace keyhole::viz {

/// As many times as large as the panels' type: from 1 to 4, in steps that the eye just tells apart; below 1
/// where the drawing would have to be scrolled otherwise, and 1 where it has to be anyway.
float fitting_growth(const Stage& stage, const StageInput& input);

/// The stage's drawing with the hero below it. The type of the input's style is the grown one.
Picture stage_picture(const Stage& stage, const StageInput& input);

} // namespace keyhole::viz
