#include "viz/stages/round/round_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/stages/round/round_rows.hpp"
#include "viz/stages/round/round_zoom.hpp"
#include "viz/stages/round/sbox_picture.hpp"

namespace keyhole::viz {
namespace {

// "Round 5 of 16", what it computes, and the rounds to choose from. Returns how high it is.
float draw_header(const StageInput& input, const RoundModel& round, Canvas& canvas, bool always_chips) {
    const float em = canvas.em();
    const Rect room = input.room;
    const Node& node = input.step.node;
    const float height = 1.5F * em;
    const float title_end = canvas.text(FontRole::title, room.corner(), Ink::text,
                                        fmt::format("Round {} of {}", round.round, round.rounds));
    const float chip =
        std::clamp((room.w - (title_end - room.x) - em) / static_cast<float>(round.rounds), 0.9F * em, 1.25F * em);
    float chips_at = room.right() - static_cast<float>(round.rounds) * chip;
    float used = height;
    bool with_chips = true;
    if (chips_at < title_end + 0.5F * em) {
        with_chips = always_chips;
        used = with_chips ? 3.1F * em : height;
        chips_at = with_chips ? room.x : room.right();
    }
    // Where this is, in the fullest form for which there is room.
    const std::string place = fmt::format("message {}, {}, block {}", node.number(Kind::message),
                                          node.within(Kind::encrypt) ? "encrypt" : "decrypt", round.block);
    const std::string f = fmt::format("f({}, {})", indexed("R", round.round - 1), indexed("K", round.subkey));
    const float words_end = used > height ? room.right() : chips_at;
    for (const std::string& words :
         {fmt::format("{} \u00B7 {} and the Feistel step", place, f), fmt::format("{} \u00B7 {}", place, f), place,
          fmt::format("block {}", round.block)}) {
        if (title_end + 1.3F * em + canvas.width(FontRole::small, words) >= words_end) continue;
        canvas.text(FontRole::small, {title_end + 0.8F * em, room.y + 0.4F * em}, Ink::muted, words);
        break;
    }
    for (unsigned n = 1; with_chips && n <= round.rounds; ++n) {
        const Rect rect{chips_at + chip * static_cast<float>(n - 1), room.y + used - height + 0.15F * em,
                        chip - 0.12F * em, 1.1F * em};
        const bool here = n == round.round;
        const std::string id = fmt::format("round.{}", n);
        canvas.box(rect, here ? Ink::current : Ink::raised, Ink::border, 0, id);
        canvas.link(id, rect, node.up_to(Kind::block).child({.kind = Kind::round, .number = n}));
        canvas.text_centred(FontRole::figures_tiny, rect.centre(),
                            here              ? Ink::on_current
                            : n < round.round ? Ink::text
                                              : Ink::muted,
                            fmt::to_string(n));
    }
    return used + 0.6F * em;
}

} // namespace

Item item_of(BitRef bit) { return 1 + index(bit.lane) * 64 + bit.position; }

std::optional<BitRef> followed_bit(Item item) {
    if (item == 0) return std::nullopt;
    return BitRef{static_cast<Lane>((item - 1) / 64), static_cast<unsigned>((item - 1) % 64)};
}

Item next_round_item(const StageInput& /*input*/, Item followed, int step) {
    return item_of(next_bit(followed_bit(followed), step));
}

std::string name_of_round_item(const StageInput& input, Item item) {
    const std::optional<BitRef> bit = followed_bit(item);
    if (!bit) return {};
    const RoundModel round = make_round_model(input.trace, input.step.node);
    return fmt::format("{} bit {}", round.lanes[index(bit->lane)].id, bit->position);
}

std::string zoom_of_round(const StageInput& input) {
    if (const auto bit = followed_bit(input.state.followed)) return zoom_id(bit->lane);
    switch (input.step.node.kind()) {
        case Kind::sbox: return zoom_id(static_cast<unsigned>(input.step.node.last().number));
        case Kind::expand: return zoom_id(Lane::expanded);
        case Kind::mix: return zoom_id(Lane::mixed);
        case Kind::permute: return zoom_id(Lane::p_out);
        default: return zoom_id(Lane::right_out);
    }
}

Picture round_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const float em = canvas.em();
    const Rect room = input.room;
    const RoundModel round = make_round_model(input.trace, input.step.node);
    const auto box = zoomed_box(input.state.zoom);
    const auto lane = zoomed_lane(input.state.zoom);
    RoundModel shown = round;
    if (box && !shown.box) shown.box = box;
    const bool box_alone = (box && !lane) || (round.box && room.h < 22 * em);
    const float head = draw_header(input, round, canvas, !box_alone);
    if (lane) {
        draw_row_alone(input, round, canvas, *lane, {room.x, room.y + head, room.w, room.h - head});
        return picture;
    }
    if (box_alone) {
        const Rect area{room.x, room.y + head, room.w, std::max(room.h - head, 9.4F * em)};
        draw_sbox_alone(input, shown, canvas, area);
        picture.foot = area.bottom();
        picture.work_from = picture.work_to = room.y;
        return picture;
    }
    const float table = round.box ? 9.2F * em : 0;
    const RoundGrid grid = make_round_grid({room.x, room.y + head, room.w, room.h - head - table - 0.5F * em}, em);
    draw_round_rows(input, round, canvas, grid);
    if (round.box)
        draw_sbox_table(input, canvas, {room.x, grid.foot + 0.9F * em, room.w, table - 0.9F * em}, *round.box);
    picture.foot = grid.foot + table;
    mark_work(picture, grid, input.step.node.kind(), room.y, em);
    return picture;
}

} // namespace keyhole::viz
