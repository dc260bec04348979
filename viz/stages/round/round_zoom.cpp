#include "viz/stages/round/round_zoom.hpp"

#include <fmt/format.h>

#include "viz/picture/bit_sheet.hpp"
#include "viz/stages/round/round_picture.hpp"
#include "viz/stages/round/round_rows.hpp"

namespace keyhole::viz {

std::string zoom_id(Lane lane) { return fmt::format("row.{}", index(lane)); }
std::string zoom_id(unsigned box) { return fmt::format("S{}", box); }

std::optional<unsigned> zoomed_box(std::string_view zoom) {
    if (zoom.size() != 2 || zoom[0] != 'S') return std::nullopt;
    return static_cast<unsigned>(zoom[1] - '0');
}

std::optional<Lane> zoomed_lane(std::string_view zoom) {
    if (!zoom.starts_with("row.")) return std::nullopt;
    return static_cast<Lane>(zoom[4] - '0');
}

void draw_row_alone(const StageInput& input, const RoundModel& round, Canvas& canvas, Lane which, Rect room) {
    const LaneModel& lane = round.lanes[index(which)];
    const std::optional<BitRef> followed = followed_bit(input.state.followed);
    const CellSet traced = followed ? trace_bit(*followed, round.has_p) : CellSet{};
    const bool covered = covered_cells(input, round).masks[index(which)] != 0;
    canvas.picture().foot = draw_bit_sheet(canvas,
                                           {.label = lane.label.empty() ? "\u2295" : lane.label,
                                            .words = covered ? "" : hex_text(lane.bits),
                                            .bits = lane.bits,
                                            .in_row = lane.bits.width == 48 ? 6U : 8U,
                                            .paint = ink_of(lane.meaning),
                                            .covered = covered,
                                            .id = [&](unsigned i) { return fmt::format("{}.{}", lane.id, i); },
                                            .item =
                                                [&](unsigned i) {
                                                    return item_of({which, i});
                                                },
                                            .lit =
                                                [&](unsigned i) {
                                                    return traced.contains({which, i});
                                                }},
                                           room);
}

} // namespace keyhole::viz
