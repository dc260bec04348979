#include "viz/stages/round/round_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/stages/round/round_grid.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/round/sbox_picture.hpp"

namespace keyhole::viz {
namespace {

class RoundPicture {
  public:
    RoundPicture(const StageInput& input, const RoundModel& round, Canvas& canvas, const RoundGrid& grid)
        : input_(input), round_(round), canvas_(canvas), g_(grid), em_(canvas.em()) {
        if (input.covered) covered_ = result_cells(input.step.node.kind(), round.box.value_or(1));
        const std::optional<BitRef> followed = followed_bit(input.state.followed);
        lit_ = followed ? trace_bit(*followed) : round.live;
    }

    void draw() {
        wires(false);
        wires(true);
        for (const LaneModel& lane : round_.lanes) draw_lane(lane);
        for (unsigned box = 1; box <= 8; ++box) draw_box(box);
        remarks();
    }

  private:
    std::string id(BitRef bit) const { return fmt::format("{}.{}", round_.lanes[index(bit.lane)].id, bit.position); }

    // Straight neighbours need no line: the cells stand above one another.
    static bool drawn(const BitWire& wire) {
        return (wire.from.lane == Lane::right_in && wire.to.lane == Lane::expanded) || wire.from.lane == Lane::s_out;
    }

    void wires(bool lit) {
        const bool all = lit_.full(Lane::expanded) || lit_.full(Lane::p_out);
        for (const BitWire& wire : round_wires()) {
            if (!drawn(wire) || connects(lit_, wire) != lit) continue;
            const Paint own = ink_of(round_.lanes[index(wire.from.lane)].meaning);
            const float thin = canvas_.line();
            const std::string name = "wire." + id(wire.to);
            const Point from = g_.lower(wire.from), to = g_.upper(wire.to);
            canvas_.wire(from, to, lit ? Paint(Ink::current) : faded(own, input_.style.theme.wire_alpha),
                         lit ? (all ? 1.4F : 2.2F) * thin : thin, name);
            canvas_.wire_area(name, from, to).follow = item_of(wire.to);
        }
    }

    void draw_lane(const LaneModel& lane) {
        const Paint own = ink_of(lane.meaning);
        const Rect first = g_.rect({lane.lane, 1});
        const float middle = first.y + g_.height / 2;
        const bool whole = lit_.full(lane.lane);
        for (unsigned i = 1; i <= lane.bits.width; ++i) {
            const BitRef bit{lane.lane, i};
            const bool lit = !whole && lit_.contains(bit);
            const Rect rect = g_.rect(bit);
            const std::string name = id(bit);
            const unsigned value = bit_at(lane.bits.value, lane.bits.width, i);
            canvas_.cell(rect, covered_.contains(bit) ? std::nullopt : std::optional(value), own, lit, name);
            canvas_.area(name, {rect.x, rect.y, g_.pitch, g_.height}).follow = item_of(bit);
        }
        const float end = first.x + g_.pitch * static_cast<float>(lane.bits.width);
        if (whole)
            canvas_.box(Rect{first.x, first.y, end - g_.pitch + g_.cell - first.x, g_.height}.grown(0.16F * em_),
                        Ink::none, Ink::current, 2.2F * canvas_.line());
        const float label_end = first.x - 0.4F * em_;
        const float label = canvas_.width(FontRole::text, lane.label);
        canvas_.text_to_right(FontRole::text, {label_end, middle}, own, lane.label);
        canvas_.text_to_right(FontRole::text, {label_end - label - (label > 0 ? 0.25F * em_ : 0), middle}, Ink::muted,
                              lane.sign);
        if (lane.bits.width == 32) draw_hex(lane, {end + 0.35F * em_, middle});
    }

    // The value behind its row. The other half is the old right one as it is: the idea of Feistel's ladder.
    void draw_hex(const LaneModel& lane, Point at) {
        constexpr FontRole font = FontRole::figures_small;
        const bool covered = covered_.masks[index(lane.lane)] != 0;
        std::string words = covered ? std::string("?") : hex_text(lane.bits).substr(2);
        const std::string same = covered ? words : words + fmt::format(" = {}", indexed("R", round_.round - 1));
        if (lane.lane == Lane::left_out && at.x + canvas_.width(font, same) <= input_.room.right()) words = same;
        canvas_.text(font, {at.x, at.y - canvas_.height(font) / 2}, Ink::muted, words);
    }

    void draw_box(unsigned box) {
        const float from_x = g_.left_48 + g_.pitch * static_cast<float>(6 * (box - 1));
        const Rect rect{from_x - 0.04F * em_, g_.boxes_top, 6 * g_.pitch - 0.16F * em_, g_.boxes_height};
        const bool current = round_.box == box;
        const bool lit = lit_.contains({Lane::s_out, 4 * box}) && !lit_.full(Lane::s_out);
        const float centre = rect.centre().x;
        canvas_.straight({centre, g_.lower({Lane::mixed, 1}).y + 0.1F * em_}, {centre, rect.y},
                         current || lit ? Ink::current : Ink::faint, (current ? 2.2F : 1.0F) * canvas_.line());
        // Below the box its four bits fan out to the S row.
        for (unsigned i = 4 * box - 3; i <= 4 * box; ++i) {
            const Point target = g_.upper({Lane::s_out, i});
            const float start = centre + (static_cast<float>(i) - static_cast<float>(4 * box) + 1.5F) * 0.3F * g_.pitch;
            const bool bright = (current || lit) && lit_.contains({Lane::s_out, i});
            canvas_.wire({start, rect.bottom()}, target,
                         bright ? Paint(Ink::current) : faded(Ink::sbox, input_.style.theme.wire_alpha),
                         (bright ? 2.0F : 1.0F) * canvas_.line());
        }
        const std::string name = fmt::format("S{}", box);
        canvas_.box(rect, current ? Ink::current_tint : Ink::raised, current || lit ? Ink::current : Ink::border,
                    (current || lit ? 2.2F : 1.0F) * canvas_.line(), name);
        canvas_.link(name, rect, input_.step.node.up_to(Kind::round).child({.kind = Kind::sbox, .number = box}));
        canvas_.text_centred(FontRole::text, {centre, rect.y + 0.75F * em_}, current ? Ink::current : Ink::text,
                             indexed("S", box));
        // What the box does is covered where its six bits or its four are.
        if (covered_.contains({Lane::s_out, 4 * box}))
            return canvas_.text_centred(FontRole::text, {centre, rect.y + 2.2F * em_}, Ink::muted, "?");
        draw_look_up(box, {centre, rect.y}, rect.w - 0.2F * em_);
    }

    // Row, column and output; all eight boxes write alike, in the fullest form for which the longest of them has room.
    void draw_look_up(unsigned box, Point top, float width) {
        const auto fits = [&](FontRole font, std::string_view words) { return canvas_.width(font, words) <= width; };
        const des::SboxTrace& s = round_.sboxes[box - 1];
        const FontRole font =
            fits(FontRole::figures_small, "row 3 col 15") ? FontRole::figures_small : FontRole::figures_tiny;
        const bool full = fits(font, "row 3 col 15");
        const bool equation = fits(font, "\u2192 15 = 1111");
        const std::string place = full                   ? fmt::format("row {} col {}", s.row, s.column)
                                  : fits(font, "r3 c15") ? fmt::format("r{} c{}", s.row, s.column)
                                                         : fmt::format("{},{}", s.row, s.column);
        const std::string bits = plain_binary({s.output, 4});
        canvas_.text_centred(font, {top.x, top.y + 1.75F * em_}, Ink::muted, place);
        canvas_.text_centred(font, {top.x, top.y + 2.7F * em_}, Ink::sbox,
                             equation ? fmt::format("\u2192 {} = {}", s.output, bits) : bits);
    }

    // What the wires are, where there is room beside them: high up, where no wire has turned outwards yet.
    void remarks() {
        if (g_.top[index(Lane::expanded)] - g_.top[index(Lane::right_in)] < 2.6F * em_) return;
        const auto remark = [&](Lane above, std::string_view words) {
            canvas_.text_to_right(FontRole::small, {g_.right, g_.lower({above, 1}).y + 0.55F * em_}, Ink::muted, words);
        };
        remark(Lane::right_in, "E: 32 \u2192 48");
        remark(Lane::s_out, "P: bits move");
    }

    const StageInput& input_;
    const RoundModel& round_;
    Canvas& canvas_;
    const RoundGrid& g_;
    float em_;
    CellSet lit_, covered_;
};

// "Round 5 of 16", what it computes, and the sixteen rounds to choose from. Returns how high it is.
float draw_header(const StageInput& input, const RoundModel& round, Canvas& canvas, bool always_chips) {
    const float em = canvas.em();
    const Rect room = input.room;
    const Node& node = input.step.node;
    const float height = 1.5F * em;
    const float title_end =
        canvas.text(FontRole::title, room.corner(), Ink::text, fmt::format("Round {} of 16", round.round));
    const float chip = std::clamp((room.w - (title_end - room.x) - em) / 16, 0.9F * em, 1.25F * em);
    float chips_at = room.right() - 16 * chip;
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
    for (unsigned n = 1; with_chips && n <= 16; ++n) {
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

Picture round_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const float em = canvas.em();
    const Rect room = input.room;
    const RoundModel round = make_round_model(input.trace, input.step.node);
    const bool low_box = round.box && room.h < 22 * em;
    const float head = draw_header(input, round, canvas, !low_box);
    if (low_box) {
        const Rect area{room.x, room.y + head, room.w, std::max(room.h - head, 9.4F * em)};
        draw_sbox_alone(input, round, canvas, area);
        picture.foot = area.bottom();
        picture.work_from = picture.work_to = room.y;
        return picture;
    }
    const float table = round.box ? 9.2F * em : 0;
    const RoundGrid grid = make_round_grid({room.x, room.y + head, room.w, room.h - head - table - 0.5F * em}, em);
    RoundPicture(input, round, canvas, grid).draw();
    if (round.box)
        draw_sbox_table(input, canvas, {room.x, grid.foot + 0.9F * em, room.w, table - 0.9F * em}, *round.box);
    picture.foot = grid.foot + table;
    mark_work(picture, grid, input.step.node.kind(), room.y, em);
    return picture;
}

} // namespace keyhole::viz
