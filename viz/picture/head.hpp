// The head that the stages of a block and of the key schedule share: a title, a line of words, and the steps near by as
// boxes to click.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

struct HeadStop {
    std::string label;
    Node go_to;
};

struct StageHead {
    std::string title, words;
    std::string followed = {}; // what is said of the item that is followed, in the place of the words; moves nothing
    std::vector<HeadStop> stops = {};
    std::optional<std::size_t> current = {}; // the stop that is shown
};

/// At the top of the room, the stops at the right or, where there is no room, in rows below. Their ids are "stop.IP".
/// Returns the foot.
float draw_head(Canvas& canvas, const StageHead& head, Rect room);

} // namespace keyhole::viz
