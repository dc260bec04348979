// A picture on a page, in the largest type in which it lies in its room.
#pragma once

#include <functional>

#include "viz/frame/frame_context.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// `draw` lays the picture out on the canvas that it is given, and returns its foot. It is called several times.
void draw_grown(FrameContext& context, Rect room, const std::function<float(Canvas& canvas)>& draw);

} // namespace keyhole::viz
