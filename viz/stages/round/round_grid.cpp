#include "viz/stages/round/round_grid.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

// In em: between two rows, above the S-boxes, the boxes, and between them and their bits; tight at 0, loose at 1.
constexpr float above_boxes = 0.8F;
constexpr float row_gap(float loose) { return 0.28F + 0.27F * loose; }
constexpr float boxes(float loose) { return 3.3F + 0.2F * loose; }
constexpr float fan(float loose) { return 1.15F + 0.45F * loose; }

} // namespace

RoundGrid make_round_grid(Rect room, float em) {
    RoundGrid g{};
    const float label = 2.5F * em;
    g.pitch = std::floor(std::min((room.w - label - 0.4F * em) / 48, 1.2F * em));
    g.pitch = std::max(g.pitch, 0.36F * em);
    g.cell = g.pitch - std::max(2.0F, std::round(0.12F * g.pitch));
    g.height = std::round(std::clamp(1.25F * g.cell, 0.85F * em, 1.1F * em));
    g.left_48 = std::round(room.x + label + std::max(0.0F, (room.w - label - 48 * g.pitch) / 2));
    g.left_32 = g.left_48 + 8 * g.pitch;
    g.right = g.left_48 + 48 * g.pitch;
    // In a low window the rows move together before the wires get too short to follow.
    constexpr float shortest = 1.65F;
    const auto height_without_wires = [&](float loose) {
        return 9 * g.height + (5 * row_gap(loose) + above_boxes + boxes(loose) + fan(loose)) * em;
    };
    const float loose = room.h >= height_without_wires(1) + 2 * shortest * em ? 1.0F : 0.0F;
    constexpr float numbers = 0.75F; // em, in three places
    g.numbered = room.h >= height_without_wires(1) + (2 * shortest + 3 * numbers) * em && g.pitch >= 0.6F * em;
    const float number = g.numbered ? numbers * em : 0;
    const float step = g.height + row_gap(loose) * em;
    g.boxes_height = boxes(loose) * em;
    const float wires = std::clamp((room.h - height_without_wires(loose) - 3 * number) / 2, shortest * em, 7 * em);
    float y = room.y + number;
    const auto row = [&](Lane lane, float below) {
        g.top[index(lane)] = std::round(y);
        y += below;
    };
    row(Lane::right_in, g.height + wires);
    row(Lane::expanded, step + number);
    row(Lane::subkey, step);
    row(Lane::mixed, g.height + above_boxes * em);
    g.boxes_top = std::round(y);
    y += g.boxes_height + fan(loose) * em;
    row(Lane::s_out, g.height + wires);
    row(Lane::p_out, step + number);
    row(Lane::left_in, step);
    row(Lane::right_out, step);
    row(Lane::left_out, g.height);
    g.foot = y;
    return g;
}

void mark_work(Picture& picture, const RoundGrid& grid, Kind kind, float top_of_stage, float em) {
    const auto top = [&](Lane lane) { return grid.top[index(lane)]; };
    const auto set = [&](float from, float to) {
        picture.work_from = from;
        picture.work_to = to;
    };
    switch (kind) {
        case Kind::mix: return set(top(Lane::expanded), top(Lane::mixed) + grid.height);
        case Kind::sbox: return set(grid.boxes_top - 6 * em, picture.foot);
        case Kind::permute: return set(top(Lane::s_out), top(Lane::p_out) + grid.height);
        case Kind::join: return set(top(Lane::p_out), grid.foot);
        default: return set(top_of_stage, top(Lane::expanded) + grid.height);
    }
}

} // namespace keyhole::viz
