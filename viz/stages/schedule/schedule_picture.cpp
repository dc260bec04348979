#include "viz/stages/schedule/schedule_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/picture/head.hpp"
#include "viz/picture/strip.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/schedule/schedule_model.hpp"
#include "viz/stages/schedule/schedule_row.hpp"
#include "viz/stages/schedule/subkeys_picture.hpp"

namespace keyhole::viz {
namespace {

bool has_halves(KeyLane lane) { return lane != KeyLane::key && lane != KeyLane::subkey; }

class SchedulePicture {
  public:
    SchedulePicture(const StageInput& input, const ScheduleModel& s, Canvas& canvas)
        : input_(input),
          s_(s),
          canvas_(canvas),
          room_(input.room),
          em_(canvas.em()),
          hex_shown_(room_.w > 30 * em_),
          lit_(static_cast<unsigned>(input.state.followed)) {
        using enum KeyLane;
        lanes_ = {key, start, before, after, subkey};
        if (s_.round == 0) lanes_ = {key, after};
        if (s_.round == 1) lanes_ = {key, before, after, subkey};
    }

    void draw() {
        const float table_top = place(words(head()));
        wires();
        for (const KeyLane lane : lanes_) row(lane);
        remarks();
        fly();
        // From the rows that the step changes to what it gives.
        const Strip& first = strip(s_.round == 0 ? KeyLane::key : KeyLane::before);
        const Strip& last = strip(lanes_.back());
        Picture& picture = canvas_.picture();
        picture.work_from = first.top - 1.5F * em_;
        picture.work_to = last.top + last.height + 1.2F * em_;
        picture.foot = draw_subkeys(input_, s_, canvas_,
                                    {room_.x, table_top, room_.w, std::max(0.0F, room_.bottom() - table_top)});
    }

  private:
    Strip& strip(KeyLane lane) { return strips_[static_cast<std::size_t>(lane)]; }
    bool has(KeyLane lane) const { return std::ranges::find(lanes_, lane) != lanes_.end(); }

    float head() {
        const Node schedule = input_.step.node.up_to(Kind::schedule);
        StageHead head{.title = s_.round == 0 ? "Key schedule" : fmt::format("Subkey {} of 16", s_.round),
                       .words = s_.round == 0 ? "sixteen subkeys from one key" : turning_words(),
                       .stops = {{"PC-1", schedule}},
                       .current = s_.round};
        for (unsigned n = 1; n <= 16; ++n)
            head.stops.push_back({fmt::to_string(n), schedule.child({.kind = Kind::schedule_round, .number = n})});
        const float foot = draw_head(canvas_, head, room_);
        // What is special about the key stands out by its sign and its words, not by its colour alone.
        const std::string key =
            fmt::format("{} {}: {}", s_.special ? "\u26A0 key" : "key", hex_text(s_.lane(KeyLane::key)), s_.remark);
        return canvas_.paragraph(FontRole::small, {room_.x, foot}, room_.w, s_.special ? Ink::error : Ink::muted, key);
    }

    std::string turning_words() const {
        const std::string turns =
            s_.shift == 0 ? "no half turns" : fmt::format("both halves turn left by {}", s_.shift);
        if (s_.source == s_.round) return turns + ", PC-2 picks 48 bits";
        return fmt::format("{}, but the subkey is that of round {}", turns, s_.source);
    }

    // What the marks mean, until a bit is followed. Returns the foot.
    float words(float y) {
        const std::string hint =
            fmt::format("{}{}", input_.on_paper ? "" : "Point at a bit to follow it, click to keep it. ",
                        s_.round == 0 ? "Struck through: parity, left out."
                                      : "Struck through: left out. Thick outline: wrapped around.");
        const float lines = draw_bit_words(canvas_, {room_.x, y}, room_.w, hint, lit_,
                                           [&](unsigned bit) { return path_words(bit, s_.round, s_.kind); });
        return y + 1.1F * em_ * lines;
    }

    Strip shape(KeyLane lane, float pitch) const {
        Strip row{.count = lane_width(lane),
                  .group = bits_in_group(lane),
                  .pitch = pitch,
                  .gap = pitch / 3,
                  .middle = has_halves(lane) ? 2.2F * em_ : 0};
        row.height = std::clamp(1.3F * pitch, 0.8F * em_, 1.15F * em_);
        return row;
    }

    // The height of the wires above a row: PC-1 and PC-2 need more than a turn by a place or two.
    float wires_above(KeyLane lane) const {
        if (lane == KeyLane::key) return 0;
        if (lane == lanes_[1] || lane == KeyLane::subkey) return 3;
        return lane == KeyLane::before ? 1.8F : 2.2F;
    }

    // Where the rows lie. Returns where the table below them begins.
    float place(float words_foot) {
        const float label = 1.9F * em_, hex = hex_shown_ ? 3.9F * em_ : 0;
        // 64 cells and seven gaps of a third of a cell are the widest row.
        const float pitch = std::min((room_.w - label - hex) / 66.5F, 1.0F * em_);
        const float centre = room_.x + label + (room_.w - label - hex) / 2;
        float y = words_foot + 1.3F * em_;
        float units = 0, rows = 0;
        for (const KeyLane lane : lanes_) units += wires_above(lane), rows += shape(lane, pitch).height;
        const float table = s_.round == 0 ? 22.5F * em_ : 6 * em_;
        const float rest = room_.bottom() - y - rows - table - 1.5F * em_;
        const float unit = std::clamp(rest / units, 0.95F * em_, (s_.round == 0 ? 2.6F : 1.5F) * em_);
        for (const KeyLane lane : lanes_) {
            Strip& row = strip(lane);
            row = shape(lane, pitch);
            row.left = centre - row.width() / 2;
            y += wires_above(lane) * unit;
            row.top = std::round(y);
            y += row.height;
        }
        return y + (s_.round == 0 ? 1.2F : 1.9F) * em_;
    }

    std::string id(KeyLane lane, unsigned position) const {
        if (lane == KeyLane::key) return fmt::format("key.{}", position);
        if (lane == KeyLane::subkey) return fmt::format("K{}.{}", s_.number(lane), position);
        return fmt::format("{}{}.{}", position > 28 ? "D" : "C", s_.number(lane),
                           position > 28 ? position - 28 : position);
    }

    void wires() {
        for (const bool lit : {false, true}) {
            for (const KeyPath& path : key_paths(s_.round, s_.kind)) {
                if ((path.key == lit_) != lit) continue;
                for (std::size_t i = 1; i < lanes_.size(); ++i) wire(path, lanes_[i - 1], lanes_[i]);
            }
        }
    }

    void wire(const KeyPath& path, KeyLane above, KeyLane below) {
        if (path.at(above) == 0 || path.at(below) == 0) return;
        const bool lit = path.key == lit_, around = below == KeyLane::after && path.wrapped;
        const Paint paint = lit      ? Paint(Ink::followed)
                            : around ? Paint(Ink::key)
                                     : faded(Ink::key, input_.style.theme.wire_alpha);
        const float thickness = lit ? 2.6F : around ? 1.8F : 1.1F;
        const Point from = strip(above).lower(path.at(above)), to = strip(below).upper(path.at(below));
        canvas_.wire(from, to, paint, thickness * canvas_.line(), "wire." + id(below, path.at(below)));
        canvas_.wire_area({}, from, to).follow = path.key;
    }

    CellLook look(KeyLane lane, const KeyPath& path) const {
        using enum KeyLane;
        if (path.key == lit_) return CellLook::followed;
        if (lane == key && path.parity()) return CellLook::left_out;
        if (lane == after && s_.round > 0 && path.subkey == 0) return CellLook::left_out;
        if ((lane == before || lane == after) && path.wrapped) return CellLook::marked;
        return CellLook::ordinary;
    }

    void row(KeyLane lane) {
        const Strip& r = strip(lane);
        const Bits bits = s_.lane(lane);
        for (const KeyPath& path : key_paths(s_.round, s_.kind)) {
            const unsigned position = path.at(lane);
            if (position == 0) continue;
            draw_bit(canvas_, r, position, bit_at(bits.value, bits.width, position), Ink::key, look(lane, path),
                     id(lane, position));
            Area& area = canvas_.area({}, {r.x(position), r.top, r.pitch, r.height});
            area.follow = path.key;
            area.zoom = fmt::format("row.{}", index(lane));
        }
        const float middle = r.top + r.height / 2;
        const bool halves = has_halves(lane);
        const bool made = s_.round > 0 && (lane == KeyLane::after || lane == KeyLane::subkey);
        const Paint ink = made ? Ink::current : Ink::key;
        const std::string label = lane == KeyLane::key ? "key" : indexed(halves ? "C" : "K", s_.number(lane));
        canvas_.text_to_right(FontRole::text, {r.left - 0.35F * em_, middle}, ink, label);
        if (halves)
            canvas_.text_to_right(FontRole::text, {r.x(29) - 0.35F * em_, middle}, ink, indexed("D", s_.number(lane)));
        if (made) outline_cells(canvas_, r, 1, halves ? 28 : 48);
        if (made && halves) outline_cells(canvas_, r, 29, 56);
        if (hex_shown_) {
            const std::string hex = hex_text(bits).substr(2);
            const float x = room_.right() - 3.7F * em_;
            const std::size_t cut = hex.size() / 2;
            canvas_.text(FontRole::figures_tiny, {x, middle - 0.75F * em_}, Ink::muted, hex.substr(0, cut));
            canvas_.text(FontRole::figures_tiny, {x, middle + 0.02F * em_}, Ink::muted, hex.substr(cut));
        }
        if (lane == KeyLane::key) draw_ticks(canvas_, r, r.top - 0.55F * em_, false);
        if (lane == KeyLane::subkey) draw_ticks(canvas_, r, r.top + r.height + 0.65F * em_, false);
    }

    // C and D turn and PC-2 picks; in the schedule itself PC-1 picks.
    void fly() {
        for (const KeyPath& path : key_paths(s_.round, s_.kind)) {
            for (std::size_t i = 1; i < lanes_.size(); ++i) {
                const KeyLane above = lanes_[i - 1], below = lanes_[i];
                const bool moves = s_.round == 0 || below == KeyLane::after || below == KeyLane::subkey;
                const unsigned from = path.at(above), to = path.at(below);
                if (!moves || from == 0 || to == 0) continue;
                const Bits bits = s_.lane(below);
                const unsigned bit = bit_at(bits.value, bits.width, to);
                canvas_.picture().flights.push_back({.from = strip(above).rect(from),
                                                     .cell = {.rect = strip(below).rect(to),
                                                              .filled = bit != 0,
                                                              .sign = bit != 0 ? '1' : '0',
                                                              .font = FontRole::figures_tiny,
                                                              .paint = Ink::key,
                                                              .look = CellLook::lit}});
            }
        }
    }

    // What is done between two rows: below the hex digits, or below the labels where those have no room.
    void remark(KeyLane above, KeyLane below, const std::string& words) {
        const Strip &a = strip(above), &b = strip(below);
        const float room = b.top - a.top - a.height;
        if (room < 1.3F * em_) return;
        const float y = b.top - room / 2;
        if (hex_shown_) return canvas_.text_to_right(FontRole::small, {room_.right(), y}, Ink::muted, words);
        canvas_.text(FontRole::small, {room_.x, y - canvas_.height(FontRole::small) / 2}, Ink::muted, words);
    }

    void remarks() {
        using enum KeyLane;
        remark(key, lanes_[1], "PC-1");
        if (s_.round == 0) return;
        const auto turned = [&](unsigned places, const char* more) {
            return fmt::format("\u21BA {}{}", places, hex_shown_ ? more : "");
        };
        if (has(start)) remark(start, before, turned(s_.shifts_before, " so far"));
        remark(before, after, turned(s_.shift, ""));
        remark(after, subkey, s_.source == s_.round ? "PC-2" : fmt::format("PC-2 of {}", indexed("C", s_.source)));
    }

    const StageInput& input_;
    const ScheduleModel& s_;
    Canvas& canvas_;
    Rect room_;
    float em_;
    bool hex_shown_;
    unsigned lit_; // the key bit that is followed, 0 for none
    std::vector<KeyLane> lanes_;
    std::array<Strip, key_lane_count> strips_;
};

} // namespace

std::string name_of_key_bit(const StageInput& /*input*/, Item item) { return fmt::format("key bit {}", item); }

std::string zoom_of_schedule(const StageInput& input) {
    return input.step.node.kind() == Kind::schedule ? "row.0" : fmt::format("row.{}", index(KeyLane::subkey));
}

Picture schedule_picture(const StageInput& input) {
    if (input.state.zoom.starts_with("row.")) return schedule_row(input);
    return draw_picture<SchedulePicture>(input, make_schedule_model(input.trace, input.step.node));
}

} // namespace keyhole::viz
