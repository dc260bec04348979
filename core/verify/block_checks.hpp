// What is wrong with a cell of a block whatever the rules of DES say: numbers that no S-box knows, an input that is too
// long, a key that is not the one of keyschedule.csv.
#pragma once

#include "core/verify/block_rows.hpp"

namespace keyhole::verify {

/// Throws the WrongCell.
void check_cells(const BlockContext& context, const BlockRows& rows);

} // namespace keyhole::verify
