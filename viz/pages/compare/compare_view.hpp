// The pieces of the comparison's page that stand in files of their own.
#pragma once

#include "viz/draw/screen_canvas.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/compare/compare_input.hpp"

namespace keyhole::viz {

/// The keys and texts of A and B, to be typed.
void draw_case_fields(FrameContext& context, ScreenCanvas& canvas, FieldRing& ring, CompareBench& bench);

/// B's key or text bit by bit; those that differ from A's are outlined. Returns the bit that was clicked, 1 to 64.
std::optional<unsigned> draw_case_bits(ScreenCanvas& canvas, const Comparison& comparison, Flipped which, bool chosen);

/// Differing bits after every round as bars, L below and R above, with the average of all single flips as a line.
/// Returns the round that was clicked.
std::optional<unsigned> draw_differences(ScreenCanvas& canvas, Rect area, const CompareBench& bench, Flipped average,
                                         unsigned chosen);

/// L and R of A and B after `round`, differing bits outlined and pointed at.
void draw_halves(ScreenCanvas& canvas, Rect area, const HalvesPair& pair, unsigned round);

} // namespace keyhole::viz
