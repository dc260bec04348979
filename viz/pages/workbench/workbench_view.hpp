// The piece of the workbench's page that stands in a file of its own.
#pragma once

#include "viz/draw/screen_canvas.hpp"
#include "viz/pages/workbench/workbench_model.hpp"

namespace keyhole::viz {

/// What enters the blocks of the last right input, and what comes out.
void draw_workbench_result(ScreenCanvas& canvas, const Workbench& bench);

} // namespace keyhole::viz
