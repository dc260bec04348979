// A row of bits in groups on the panel that is being drawn, as the pages show keys and blocks: where each cell lies,
// and cells that stay countable when there is no room for a digit.
#pragma once

#include <optional>
#include <string>

#include "viz/draw/canvas.hpp"

namespace keyhole::viz {

/// Cells from `left` on; a gap after every `group` cells, a wider one in the middle. Positions count from 1.
struct ScreenStrip {
    unsigned count = 64, group = 8;
    float left = 0, top = 0, pitch = 0, height = 0;
    float gap = 0, middle = 0; // after a group; in the middle instead of a gap (0: none there)

    float x(unsigned position) const;
    float width() const { return x(count) + pitch - left; }
    float right() const { return left + width(); }
    float cell() const { return pitch - (pitch > 8 ? 2.0F : 1.0F); }
    ImVec2 corner(unsigned position) const { return {x(position), top}; }
    ImVec2 upper(unsigned position) const { return {x(position) + cell() / 2, top}; }
    ImVec2 lower(unsigned position) const { return {x(position) + cell() / 2, top + height}; }
    /// The cell under the mouse, where the panel has it.
    std::optional<unsigned> hovered(const ScreenCanvas& canvas) const;
};

enum class ScreenCellLook {
    ordinary,
    live,     // of the current step, or on the way of the bit that is followed
    left_out, // struck through: goes no further
    marked,   // a thick outline in the text's colour
};

/// A bit in the strip. A 1 is filled, a 0 outlined; the digit is there where it fits.
void screen_bit(ScreenCanvas& canvas, const ScreenStrip& strip, unsigned position, unsigned bit, ImU32 colour,
                ScreenCellLook look);

/// The numbers of each group's first and last cell at the height of `y`; the second half counts from 1 again when
/// `halves` is true.
void screen_ticks(ScreenCanvas& canvas, const ScreenStrip& strip, float y, bool halves);

} // namespace keyhole::viz
