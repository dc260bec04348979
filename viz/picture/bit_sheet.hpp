// One value by itself: every bit in a large cell with its number above it, as the standard counts them, in rows.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

struct BitSheet {
    std::string label; // "R₄"
    std::string words; // what it is; may be empty
    Bits bits;
    unsigned in_row = 8;
    Paint paint;
    bool covered = false;                                  // the bits are to be guessed
    std::function<std::string(unsigned position)> id;      // of a cell; positions count from 1
    std::function<Item(unsigned position)> item = nullptr; // what pointing at it follows
    std::function<bool(unsigned position)> lit = nullptr;  // on the way of what is followed
};

/// Fills the room's width. Returns the foot.
float draw_bit_sheet(Canvas& canvas, const BitSheet& sheet, Rect room);

} // namespace keyhole::viz
