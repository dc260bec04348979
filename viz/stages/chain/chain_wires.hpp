// The wires of a chain of blocks: down each column, key stream round the text that it is added to (ctr), and from each
// ciphertext block to the next (cbc).
#pragma once

#include "viz/stages/chain/chain_grid.hpp"

namespace keyhole::viz {

/// Those of the block in that column of the chain.
void draw_chain_wires(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column, bool lit);

} // namespace keyhole::viz
