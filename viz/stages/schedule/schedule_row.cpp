#include "viz/stages/schedule/schedule_row.hpp"

#include <fmt/format.h>

#include "viz/picture/bit_sheet.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/schedule/schedule_model.hpp"

namespace keyhole::viz {
namespace {

std::string label(KeyLane lane, unsigned number) {
    switch (lane) {
        case KeyLane::key: return "key";
        case KeyLane::subkey: return indexed("K", number);
        default: return indexed("C", number) + " " + indexed("D", number);
    }
}

} // namespace

Picture schedule_row(const StageInput& input) {
    const ScheduleModel s = make_schedule_model(input.trace, input.step.node);
    auto lane = static_cast<KeyLane>(input.state.zoom[4] - '0');
    if (s.round == 0 && lane == KeyLane::subkey) lane = KeyLane::after; // there is no subkey yet
    const auto key_bit = [&](unsigned position) {
        const auto path = path_through(lane, position, s.round, s.kind);
        return path ? Item{path->key} : Item{0};
    };
    Picture picture;
    Canvas canvas(input.style, picture);
    picture.foot = draw_bit_sheet(canvas,
                                  {.label = label(lane, s.number(lane)),
                                   .words = hex_text(s.lane(lane)),
                                   .bits = s.lane(lane),
                                   .in_row = bits_in_group(lane),
                                   .paint = Ink::key,
                                   .id = [](unsigned i) { return fmt::format("bit.{}", i); },
                                   .item = key_bit,
                                   .lit =
                                       [&](unsigned i) {
                                           const Item bit = key_bit(i);
                                           return bit != 0 && bit == input.state.followed;
                                       }},
                                  input.room);
    return picture;
}

} // namespace keyhole::viz
