// A picture that is laid out from top to foot: the width that all of it has, and how far down it has come.
#pragma once

#include <string_view>

#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

class Column {
  protected:
    Column(Canvas& canvas, Rect room)
        : canvas_(canvas), em_(canvas.em()), x_(room.x), width_(room.w), y_(room.y), end_(room.bottom()) {}

    /// Words across the whole width, below what is there.
    void paragraph(FontRole font, Paint paint, std::string_view words) {
        y_ = canvas_.paragraph(font, {x_, y_}, width_, paint, words);
    }

    float right() const { return x_ + width_; }

    Canvas& canvas_;
    float em_, x_, width_; // pixels
    float y_;              // the foot of what is drawn
    float end_;            // the foot of the room; what lies below must be scrolled to
};

} // namespace keyhole::viz
