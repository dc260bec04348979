// The head that the stages of a block and of the key schedule share: a title, a line of words, the steps near by as
// boxes to click, and where a bit that is followed goes.
#pragma once

#include <functional>
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

/// The words of the bit (1 to 64) that is followed, or the hint where none is. Returns how many lines the longest words
/// take, so that following moves nothing.
float draw_bit_words(Canvas& canvas, Point at, float width, std::string_view hint, unsigned followed,
                     const std::function<std::string(unsigned bit)>& words);

} // namespace keyhole::viz
