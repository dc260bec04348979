// The parts of the modular exponentiation's stage: each draws from `at` downwards and returns its foot.
#pragma once

#include "viz/frame/number_view.hpp"
#include "viz/stages/modexp/modexp_model.hpp"

namespace keyhole::viz {

/// What the parts share: the stage's width, and the height of the panel that is seen at once.
struct ModexpFrame {
    FrameContext& context;
    ScreenCanvas& canvas;
    const ModexpModel& model;
    float x, width, seen;
};

/// The exponent as bits; a long one in rows around the current bit, above a bar of the whole.
float draw_exponent_ribbon(ModexpFrame& frame, float y);
/// The current bit's two actions, or base, exponent and result. `room` is the height that they may take.
float draw_power_work(ModexpFrame& frame, float y, float room);
/// All steps; rows out of sight cost nothing.
float draw_power_table(ModexpFrame& frame, float y, float height);
/// The height of the table with all its rows.
float power_table_height(const ModexpFrame& frame);

} // namespace keyhole::viz
