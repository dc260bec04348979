// Scroll bar and wheel of a list that counts rows instead of pixels.
#pragma once

#include "viz/base/geometry.hpp"
#include "viz/base/row_window.hpp"
#include "viz/draw/screen_canvas.hpp"

namespace keyhole::viz {

class RowBar {
  public:
    /// Width of the bar in pixels.
    static float width(const ScreenCanvas& canvas) { return 0.8F * canvas.em(); }
    /// Draws the bar where there is something to scroll, and takes a drag. It lies along the longer side of the area.
    void draw(ScreenCanvas& canvas, Rect area, RowWindow& rows);
    /// Takes the wheel when the mouse is over the window that is being drawn.
    void take_wheel(RowWindow& rows);

  private:
    float grabbed_ = -1; // where in the grab the mouse holds it, in pixels; below 0: not
    float turned_ = 0;   // by the wheel, less than a row
};

} // namespace keyhole::viz
