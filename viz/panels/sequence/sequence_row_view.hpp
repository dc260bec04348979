// A row of the sequence diagram on the screen: boxes on their lifelines, arrows between these, headings across.
#pragma once

#include "viz/frame/frame_context.hpp"
#include "viz/panels/sequence/sequence_model.hpp"

namespace keyhole::viz {

/// Where things stand from side to side, and how high a line is.
struct Lanes {
    float left, width, line_height;

    float right() const { return left + width; }
    float lifeline(Role role) const { return left + (role == Role::server ? 0.22F : 0.78F) * width; }
    float box_width() const { return 0.43F * width; }
    float box_left(Role role) const { return lifeline(role) - box_width() / 2; }
};

void draw_dashed(ScreenCanvas& canvas, Point from, Point to, Paint ink);

/// With `y` as its top. `current`: which of its parts is the current step, if one is.
void draw_sequence_row(FrameContext& context, ScreenCanvas& canvas, const Lanes& lanes, const SequenceRow& row, float y,
                       std::optional<SequencePlace::Where> current);

} // namespace keyhole::viz
