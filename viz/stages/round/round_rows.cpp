#include "viz/stages/round/round_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/stages/round/round_picture.hpp"
#include "viz/stages/round/round_zoom.hpp"

namespace keyhole::viz {
namespace {

class RoundPicture {
  public:
    RoundPicture(const StageInput& input, const RoundModel& round, Canvas& canvas, const RoundGrid& grid)
        : input_(input), round_(round), canvas_(canvas), g_(grid), em_(canvas.em()) {
        covered_ = covered_cells(input, round);
        const std::optional<BitRef> followed = followed_bit(input.state.followed);
        lit_ = round.live;
        if (followed) traced_ = trace_bit(*followed, round.has_p);
        follows_ = followed.has_value();
    }

    void draw() {
        for (const WireLook look : {WireLook::plain, WireLook::lit, WireLook::followed}) wires(look);
        for (const LaneModel& lane : round_.lanes) draw_lane(lane);
        for (unsigned box = 1; box <= 8; ++box) draw_box(box);
        remarks();
        fly();
    }

  private:
    // "R4 bit 7 = 1 goes to E bits 8 and 10".
    std::string tooltip(BitRef bit) const {
        const LaneModel& lane = round_.lanes[index(bit.lane)];
        std::string words = fmt::format("{} bit {}", lane.id, bit.position);
        if (!covered_.contains(bit))
            words += fmt::format(" = {}", bit_at(lane.bits.value, lane.bits.width, bit.position));
        std::string places;
        std::optional<Lane> there;
        for (const BitWire& wire : round_wires(round_.has_p)) {
            if (!(wire.from == bit) || (there && wire.to.lane != *there)) continue;
            there = wire.to.lane;
            places += fmt::format("{}{}", places.empty() ? "" : ", ", wire.to.position);
        }
        if (there) words += fmt::format(" \u2192 {} {}", round_.lanes[index(*there)].id, places);
        return words + "; a click keeps it, a double click shows the row alone";
    }

    std::string id(BitRef bit) const { return fmt::format("{}.{}", round_.lanes[index(bit.lane)].id, bit.position); }

    // Straight neighbours need no line: the cells stand above one another.
    static bool drawn(const BitWire& wire) {
        return (wire.from.lane == Lane::right_in && wire.to.lane == Lane::expanded) || wire.from.lane == Lane::s_out;
    }

    enum class WireLook { plain, lit, followed };

    WireLook look(const BitWire& wire) const {
        if (follows_ && connects(traced_, wire)) return WireLook::followed;
        return connects(lit_, wire) ? WireLook::lit : WireLook::plain;
    }

    Paint paint(WireLook look, Paint own) const {
        const float faint = input_.style.theme.wire_alpha;
        // What is followed stands out from what the step does.
        if (look == WireLook::lit) return faded(Ink::current, follows_ ? 1.2F * faint : 1);
        return look == WireLook::followed ? Paint(Ink::followed) : faded(own, faint);
    }

    void wires(WireLook now) {
        const bool all = lit_.full(Lane::expanded) || lit_.full(Lane::p_out);
        for (const BitWire& wire : round_wires(round_.has_p)) {
            if (!drawn(wire) || look(wire) != now) continue;
            const Paint own = ink_of(round_.lanes[index(wire.from.lane)].meaning);
            const float thin = canvas_.line();
            const std::string name = "wire." + id(wire.to);
            const Point from = g_.lower(wire.from), to = g_.upper(wire.to);
            const float thick = now == WireLook::followed ? 2.6F : now == WireLook::lit ? (all ? 1.4F : 2.2F) : 1.0F;
            canvas_.wire(from, to, paint(now, own), thick * thin, name);
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
            canvas_.cell(rect, covered_.contains(bit) ? std::nullopt : std::optional(value), own,
                         follows_ && traced_.contains(bit) ? shape::CellLook::followed
                         : lit                             ? shape::CellLook::lit
                                                           : shape::CellLook::ordinary,
                         name);
            Area& area = canvas_.area(name, {rect.x, rect.y, g_.pitch, g_.height});
            area.follow = item_of(bit);
            area.zoom = zoom_id(lane.lane);
            if (input_.state.followed == area.follow) area.tooltip = tooltip(bit);
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
        if (g_.numbered && (lane.lane == Lane::right_in || lane.lane == Lane::subkey || lane.lane == Lane::left_in))
            draw_numbers(lane.lane);
        if (lane.bits.width == 32) draw_hex(lane, {end + 0.35F * em_, middle});
    }

    // The first bit of each S-box's group, counted as in the standard, and the last one where it stands apart from the
    // next group's first.
    void draw_numbers(Lane lane) {
        const unsigned group = lane_width(lane) / 8;
        const float y = g_.top[index(lane)] - 0.45F * em_;
        for (unsigned first = 1; first <= lane_width(lane); first += group) {
            const Rect begin = g_.rect({lane, first}), end = g_.rect({lane, first + group - 1});
            const std::string words[] = {fmt::to_string(first), fmt::to_string(first + group - 1)};
            const float height = canvas_.height(FontRole::figures_tiny);
            const float x =
                canvas_.text(FontRole::figures_tiny, {begin.x, y - height / 2}, Ink::faint, words[0], "number");
            const bool is_last = first + group > lane_width(lane);
            const bool apart = is_last || g_.rect({lane, first + group}).x - end.right() > 0.5F * em_;
            if (apart && end.right() - canvas_.width(FontRole::figures_tiny, words[1]) > x + 0.3F * em_)
                canvas_.text_to_right(FontRole::figures_tiny, {end.right(), y}, Ink::faint, words[1], "number");
        }
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
        const bool traced = follows_ && traced_.contains({Lane::s_out, 4 * box});
        const bool lit = traced || (lit_.contains({Lane::s_out, 4 * box}) && !lit_.full(Lane::s_out));
        const Ink bright_ink = traced && !current ? Ink::followed : Ink::current;
        const float centre = rect.centre().x;
        canvas_.straight({centre, g_.lower({Lane::mixed, 1}).y + 0.1F * em_}, {centre, rect.y},
                         current || lit ? bright_ink : Ink::faint, (current ? 2.2F : 1.0F) * canvas_.line());
        // Below the box its four bits fan out to the S row.
        for (unsigned i = 4 * box - 3; i <= 4 * box; ++i) {
            const Point target = g_.upper({Lane::s_out, i});
            const float start = centre + (static_cast<float>(i) - static_cast<float>(4 * box) + 1.5F) * 0.3F * g_.pitch;
            const bool bright =
                (current && lit_.contains({Lane::s_out, i})) || (traced && traced_.contains({Lane::s_out, i}));
            canvas_.wire({start, rect.bottom()}, target,
                         bright ? Paint(bright_ink) : faded(Ink::sbox, input_.style.theme.wire_alpha),
                         (bright ? 2.0F : 1.0F) * canvas_.line());
        }
        const std::string name = fmt::format("S{}", box);
        canvas_.box(rect, current ? Ink::current_tint : Ink::raised, current || lit ? bright_ink : Ink::border,
                    (current || lit ? 2.2F : 1.0F) * canvas_.line(), name);
        canvas_.link(name, rect, input_.step.node.up_to(Kind::round).child({.kind = Kind::sbox, .number = box}));
        canvas_.picture().areas.back().zoom = zoom_id(box);
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

    // The bits that the step moves, each on its wire.
    void fly() {
        const Kind kind = input_.step.node.kind();
        const auto moves = [&](const BitWire& wire) {
            switch (kind) {
                case Kind::expand: return wire.to.lane == Lane::expanded;
                case Kind::mix: return wire.to.lane == Lane::mixed;
                case Kind::permute: return wire.to.lane == Lane::p_out;
                case Kind::join: return wire.to.lane == Lane::right_out || wire.to.lane == Lane::left_out;
                default: return false;
            }
        };
        for (const BitWire& wire : round_wires(round_.has_p)) {
            if (!moves(wire) || covered_.contains(wire.to)) continue;
            const LaneModel& lane = round_.lanes[index(wire.from.lane)];
            const unsigned bit = bit_at(lane.bits.value, lane.bits.width, wire.from.position);
            canvas_.picture().flights.push_back({.from = g_.rect(wire.from),
                                                 .cell = {.rect = g_.rect(wire.to),
                                                          .filled = bit != 0,
                                                          .sign = bit != 0 ? '1' : '0',
                                                          .font = FontRole::figures_tiny,
                                                          .paint = ink_of(lane.meaning),
                                                          .look = shape::CellLook::lit}});
        }
    }

    // What the wires are, where there is room beside them: high up, where no wire has turned outwards yet.
    void remarks() {
        if (g_.top[index(Lane::expanded)] - g_.top[index(Lane::right_in)] < 2.6F * em_) return;
        const auto remark = [&](Lane above, std::string_view words) {
            canvas_.text_to_right(FontRole::small, {g_.right, g_.lower({above, 1}).y + 0.55F * em_}, Ink::muted, words);
        };
        remark(Lane::right_in, "E: 32 \u2192 48");
        remark(Lane::s_out, round_.has_p ? "P: bits move" : "no P");
    }

    const StageInput& input_;
    const RoundModel& round_;
    Canvas& canvas_;
    const RoundGrid& g_;
    float em_;
    CellSet lit_, traced_, covered_;
    bool follows_ = false; // traced_ holds a bit, and all that it comes from and goes to
};

} // namespace

CellSet covered_cells(const StageInput& input, const RoundModel& round) {
    const Kind kind = input.step.node.kind();
    const unsigned box = round.box.value_or(1);
    return input.covered ? result_cells(kind, box) : input.predicting ? later_cells(kind, box) : CellSet{};
}

void draw_round_rows(const StageInput& input, const RoundModel& round, Canvas& canvas, const RoundGrid& grid) {
    RoundPicture(input, round, canvas, grid).draw();
}

} // namespace keyhole::viz
