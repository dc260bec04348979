// Where everything lies on the stage of a round: the left end of both kinds of rows, the top of each row, the S-boxes.
#pragma once

#include <array>

#include "viz/base/lanes.hpp"
#include "viz/picture/picture.hpp"

namespace keyhole::viz {

struct RoundGrid {
    float pitch, cell, height; // of a cell with its gap, without it, and upwards
    float left_48, left_32, right;
    std::array<float, lane_count> top{};
    bool numbered = false; // there is room for the bits' numbers above R, the 48 bits and L
    float boxes_top = 0, boxes_height = 0, foot = 0;

    float left(Lane lane) const { return lane_width(lane) == 48 ? left_48 : left_32; }
    Rect rect(BitRef bit) const {
        return {left(bit.lane) + pitch * static_cast<float>(bit.position - 1), top[index(bit.lane)], cell, height};
    }
    Point upper(BitRef bit) const { return {rect(bit).x + cell / 2, top[index(bit.lane)]}; }
    Point lower(BitRef bit) const { return {rect(bit).x + cell / 2, top[index(bit.lane)] + height}; }
};

/// At the top of the room, as high as its rows need; the wires of E and P share what is left.
RoundGrid make_round_grid(Rect room, float em);

/// What to scroll to in a low window: the part that is being worked on.
void mark_work(Picture& picture, const RoundGrid& grid, Kind kind, float top_of_stage, float em);

} // namespace keyhole::viz
