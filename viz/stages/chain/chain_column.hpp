// One block of a chain as a column: what enters and leaves the cipher, and the bytes with their names.
#pragma once

#include "viz/stages/chain/chain_grid.hpp"

namespace keyhole::viz {

/// Why a column stands out.
struct ColumnLight {
    bool pointed = false; // the mouse is over it
    bool marked = false;  // it was looked at last
};

/// The block in that column of the chain, with its wires. A click on it goes into the block.
void draw_chain_column(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column,
                       ColumnLight light);

} // namespace keyhole::viz
