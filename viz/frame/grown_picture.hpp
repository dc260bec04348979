// A picture on a page, in the largest type in which it lies in its room, and what the mouse does on it.
#pragma once

#include <functional>

#include "viz/frame/frame_context.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

struct GrownPicture {
    float foot = 0;   // pixels
    Item clicked = 0; // what the area follows that was clicked; 0: none was
};

/// `draw` lays the picture out on the canvas that it is given, and returns its foot. It is called several times. The
/// part that is pointed at is lit, and its tooltip shown.
GrownPicture draw_grown(FrameContext& context, Rect room, const std::function<float(Canvas& canvas)>& draw);

} // namespace keyhole::viz
