// A row of bits in groups, as the key schedule, the permutations and the ladder draw it: where each cell lies, and
// cells that stay countable when there is no room for a digit. Also the head that these stages share: title and
// way-points.
#pragma once

#include <optional>
#include <span>
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

/// A bit of a table of a thousand: a filled square or a tinted one, digit where it fits, no rounding.
void screen_small_bit(ScreenCanvas& canvas, const ScreenStrip& strip, unsigned position, unsigned bit, ImU32 colour,
                      bool live);

/// The numbers of each group's first and last cell at the height of `y`; the second half counts from 1 again when
/// `halves` is true.
void screen_ticks(ScreenCanvas& canvas, const ScreenStrip& strip, float y, bool halves);

/// Scrolls the panel until the stretch is visible, from its upper end on when there is not room for all of it.
void bring_into_sight(float from, float to, float em);

struct StageHead {
    std::string title, words;
    std::span<const std::string> stops; // buttons on the right, in one row or, in a narrow panel, more
    std::optional<std::size_t> current;
};

/// Draws the head at the top of the panel. `foot` becomes its lower end; returns the stop that was clicked.
std::optional<std::size_t> draw_head(ScreenCanvas& canvas, const StageHead& head, ImVec2 at, float width, float& foot);

} // namespace keyhole::viz
