// The bit of a round that is followed on the stage and in the details: the one under the mouse, or one that was
// clicked.
#pragma once

#include <optional>

#include "viz/base/lanes.hpp"

namespace keyhole::viz {

struct FollowedBit {
    std::optional<BitRef> bit;
    bool kept = false; // it was clicked, or chosen by a key: it stays without the mouse
};

} // namespace keyhole::viz
