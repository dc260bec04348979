// A stage that is drawn from top to foot: where its pen stands, and what it draws with.
#pragma once

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

class StageColumn {
  protected:
    StageColumn(FrameContext& context, ScreenCanvas& canvas, ImVec2 at, float width)
        : context_(context),
          canvas_(canvas),
          theme_(context.theme),
          fonts_(context.fonts),
          em_(context.fonts.em),
          x_(at.x),
          width_(width),
          y_(at.y) {}

    FrameContext& context_;
    ScreenCanvas& canvas_;
    const Theme& theme_;
    const Fonts& fonts_;
    float em_, x_, width_; // pixels
    float y_;              // the foot of what is drawn
};

} // namespace keyhole::viz
