// A row of bits in groups, as the key schedule, the permutations and the ladder draw it: where each cell lies, and
// cells that stay countable when there is no room for a digit.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// Cells from `left` on; a gap after every `group` cells, a wider one in the middle. Positions count from 1.
struct Strip {
    unsigned count = 64, group = 8;
    float left = 0, top = 0, pitch = 0, height = 0;
    float gap = 0, middle = 0; // after a group; in the middle instead of a gap (0: none there)

    float x(unsigned position) const;
    float width() const { return x(count) + pitch - left; }
    float right() const { return left + width(); }
    float cell() const { return pitch - (pitch > 10 ? 2.0F : 1.0F); }
    Rect area() const { return {left, top, width(), height}; }
    Rect rect(unsigned position) const { return {x(position), top, cell(), height}; }
    Point upper(unsigned position) const { return {x(position) + cell() / 2, top}; }
    Point lower(unsigned position) const { return {x(position) + cell() / 2, top + height}; }
    /// The cell that is there, up to the next one.
    std::optional<unsigned> at(Point point) const;
};

using shape::CellLook;

/// A bit in the strip. A 1 is filled, a 0 outlined; the digit is there where it fits.
void draw_bit(Canvas& canvas, const Strip& strip, unsigned position, unsigned bit, Paint paint, CellLook look,
              std::string id = {});

/// A bit in a table of a thousand: a filled square or a tinted one, digit where it fits, no rounding.
void draw_small_bit(Canvas& canvas, const Strip& strip, unsigned position, unsigned bit, Paint paint, CellLook look,
                    std::string id = {});

/// Pointing at a cell of the strip follows what `item` says of its position.
void follow_cells(Canvas& canvas, const Strip& strip, const std::function<Item(unsigned position)>& item);

/// A thick outline around cells `first` to `last`: what the step made.
void outline_cells(Canvas& canvas, const Strip& strip, unsigned first, unsigned last);

/// The numbers of each group's first and last cell at the height of `y`; the second half counts from 1 again when
/// `halves` is true.
void draw_ticks(Canvas& canvas, const Strip& strip, float y, bool halves);

} // namespace keyhole::viz
