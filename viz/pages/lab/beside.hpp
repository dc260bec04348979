// How a view of the lab that has a picture lies in its room: what is chosen at the left, in a column that scrolls, and
// the picture beside it as large as there is room; in a narrow room below it, and both scroll.
#pragma once

#include <functional>

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

struct Beside {
    const char* id = "";
    std::function<void(ScreenCanvas& canvas)> column;
    std::function<float(Canvas& canvas, Rect room)> picture; // returns its foot; called several times
    bool scrolls_on = false;                                 // by a key, where there is more than can be seen
};

/// Returns what was clicked on the picture; 0: nothing was.
Item draw_beside(FrameContext& context, Rect room, const Beside& beside);

/// A picture of the panel's own flow, as wide as the panel.
Item draw_in_flow(FrameContext& context, const std::function<float(Canvas& canvas, Rect room)>& picture);

} // namespace keyhole::viz
