// The stage of IP, FP and the swap: 64 cells above, 64 below, a wire for every bit, and the table of the standard as a
// square of eight rows. Wires have the colour of the half they belong to; the bit that is followed is lit everywhere.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is `ip`, `swap` or `fp` of a block. The places of its rows are "IP.in.7" and "IP.out.7", wires have the
/// place that they come from, "IP.wire.7"; the squares' boxes are "IP.before.7" and "IP.table.7". Items are the places
/// in the upper row.
Picture permutation_picture(const StageInput& input);

/// A bit by its place above.
std::string name_of_bit(const StageInput& input, Item item);

} // namespace keyhole::viz
