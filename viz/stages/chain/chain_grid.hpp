// Where everything of a chain of blocks lies: the columns, one a block, and in each the parts that the mode has, from
// the top in the order of happening.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "viz/picture/canvas.hpp"
#include "viz/stages/chain/chain_model.hpp"

namespace keyhole::viz {

/// What stands in a column; which of them, and in which order, is the mode's business.
enum class ColumnPart { plain, cipher, enters, des, leaves, mix };

/// As a column's ids end: "P", "C", "enters".
std::string_view id_of(ColumnPart part);

struct ChainGrid {
    struct Place {
        ColumnPart part;
        float top = 0, height = 0;

        float middle() const { return top + height / 2; }
    };

    Point origin;
    float pitch = 0, gutter = 0, box = 0; // of a column: all of it, the room left of its boxes, the boxes
    float foot = 0;
    std::vector<Place> places;

    float left(std::size_t column) const { return origin.x + pitch * static_cast<float>(column) + gutter; }
    float right(std::size_t column) const { return left(column) + box; }
    float centre(std::size_t column) const { return left(column) + box / 2; }
    /// The part is one of the mode's.
    const Place& at(ColumnPart part) const;
};

/// The columns' heads included, `height` is what there is for them; where it is too little they are higher.
ChainGrid make_chain_grid(const Canvas& canvas, const Chain& chain, Point at, float height);

} // namespace keyhole::viz
