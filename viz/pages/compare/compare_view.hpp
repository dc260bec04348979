// The pieces of the comparison's page that stand in files of their own.
#pragma once

#include "viz/draw/screen_canvas.hpp"
#include "viz/pages/compare/compare_input.hpp"

namespace keyhole::viz {

/// Differing bits after every round as bars, L below and R above, with the average of all single flips as a line.
/// Returns the round that was clicked.
std::optional<unsigned> draw_differences(ScreenCanvas& canvas, Rect area, const CompareBench& bench, Flipped average,
                                         unsigned chosen);

/// L and R of A and B after `round`, differing bits outlined and pointed at.
void draw_halves(ScreenCanvas& canvas, Rect area, const HalvesPair& pair, unsigned round);

} // namespace keyhole::viz
