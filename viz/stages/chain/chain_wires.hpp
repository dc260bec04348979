// The wires of a chain of blocks: down each column, key stream round the text that it is added to (ctr, ofb, cfb), and
// to the next block what it waits for: the ciphertext (cbc, cfb) or what left DES (ofb).
#pragma once

#include "viz/stages/chain/chain_grid.hpp"

namespace keyhole::viz {

/// Those of the block in that column of the chain.
void draw_chain_wires(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column, bool lit);

} // namespace keyhole::viz
