#include <fmt/format.h>

#include <array>
#include <span>

#include "core/base/words.hpp"
#include "core/des/des.hpp"
#include "viz/base/number_model.hpp"
#include "viz/pages/lab/bench/difference_picture.hpp"
#include "viz/stages/round/round_grid.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

using enum Lane;

constexpr float least_explained = 25; // em

struct DifferenceLane {
    Lane lane = Lane::right_in;
    std::string id, sign, label; // as in LaneModel
    Ink ink = Ink::plain;
    std::uint64_t difference = 0;

    bool differs(unsigned position) const { return bit_at(difference, lane_width(lane), position) != 0; }
};

std::array<DifferenceLane, lane_count> lanes_of(const DifferenceRound& round, unsigned n) {
    const auto id = [](std::string_view letter, unsigned number) { return fmt::format("{}{}", letter, number); };
    const auto [left, right] = round.before;
    const std::uint64_t expanded_right = des::expansion(right);
    return {{
        {right_in, id("R", n - 1), "", indexed("R", n - 1), Ink::right, right},
        {expanded, id("E", n), "", "E", Ink::right, expanded_right},
        {subkey, id("K", n), "\u2295", indexed("K", n), Ink::key, 0},
        {mixed, id("B", n), "=", "", Ink::plain, expanded_right},
        {s_out, id("Sout", n), "", "S", Ink::sbox, lab::before_permutation(round.output)},
        {p_out, id("P", n), "", "P", Ink::sbox, round.output},
        {left_in, id("L", n - 1), "\u2295", indexed("L", n - 1), Ink::left, left},
        {right_out, id("R", n), "=", indexed("R", n), Ink::right, left ^ round.output},
        {left_out, id("L", n), "", indexed("L", n), Ink::left, right},
    }};
}

class DifferenceRoundPicture {
  public:
    DifferenceRoundPicture(Canvas& canvas, const DifferenceBench& bench, std::size_t round, std::optional<unsigned> box,
                           Rect room)
        : canvas_(canvas),
          bench_(bench),
          round_(bench.rounds()[round]),
          n_(static_cast<unsigned>(round) + 1),
          box_(box),
          room_(room),
          em_(canvas.em()),
          lanes_(lanes_of(round_, n_)) {}

    float draw() {
        const std::array head_lines = {Line{FontRole::title, Ink::text, title()},
                                       Line{FontRole::text, Ink::muted, words_about(round_)}};
        const bool explains = room_.h >= least_explained * em_; // in a low room the drawing comes first
        const float head = draw_words(room_.y, std::span(head_lines).first(explains ? 2 : 1)) + 0.4F * em_;
        const std::array<Line, 3> foot = foot_lines();
        const float foot_height = words_height(foot) + 0.5F * em_;
        grid_ = make_round_grid({room_.x, head, room_.w, room_.bottom() - foot_height - head}, em_);
        for (const bool lit : {false, true}) draw_wires(lit);
        for (const DifferenceLane& lane : lanes_) draw_lane(lane);
        for (unsigned box = 1; box <= 8; ++box) draw_box(box);
        return draw_words(grid_.foot + 0.5F * em_, foot);
    }

  private:
    struct Line {
        FontRole font = FontRole::text;
        Ink ink = Ink::text;
        std::string words;
    };

    float draw_words(float y, std::span<const Line> lines) {
        for (const Line& line : lines) y = canvas_.paragraph(line.font, {room_.x, y}, room_.w, line.ink, line.words);
        return y;
    }
    float words_height(std::span<const Line> lines) const {
        float height = 0;
        for (const Line& line : lines) height += canvas_.paragraph_height(line.font, room_.w, line.words);
        return height;
    }

    std::string title() const {
        return fmt::format("Round {} of {}: by what two texts differ", n_, bench_.rounds().size());
    }

    // What the round's boxes come to, what all rounds so far do, and what was counted.
    std::array<Line, 3> foot_lines() const {
        const std::string so_far =
            n_ == 1 ? fmt::format("Round 1: {}.", chance_words(round_.so_far))
                    : fmt::format("Rounds 1 to {}, the product of their chances: {}.", n_, chance_words(round_.so_far));
        return {{{FontRole::title, round_.chance == 0 ? Ink::error : Ink::sbox, product_words(round_)},
                 {FontRole::text, Ink::text, so_far},
                 {FontRole::text, Ink::muted, counted_words()}}};
    }

    std::string counted_words() const {
        const auto& [pairs, after] = bench_.followers();
        if (pairs == 0) return "Not measured yet.";
        const std::size_t followed = after[n_ - 1];
        return fmt::format(
            "Measured: {} of {} random pairs followed this far{}.", grouped_decimal(followed), grouped_decimal(pairs),
            followed == 0 ? "" : ", " + chance_words(static_cast<double>(followed) / static_cast<double>(pairs)));
    }

    const DifferenceLane& lane(Lane which) const { return lanes_[index(which)]; }
    std::string id(BitRef bit) const { return fmt::format("{}.{}", lane(bit.lane).id, bit.position); }

    // E and P; between the other rows a bit stands below its own.
    void draw_wires(bool lit) {
        for (const BitWire& wire : round_wires()) {
            const bool drawn = (wire.from.lane == right_in && wire.to.lane == expanded) || wire.from.lane == s_out;
            const DifferenceLane& from = lane(wire.from.lane);
            if (!drawn || from.differs(wire.from.position) != lit) continue;
            canvas_.wire(grid_.lower(wire.from), grid_.upper(wire.to),
                         lit ? Paint(Ink::current) : faded(from.ink, canvas_.style().theme.wire_alpha),
                         (lit ? 2.2F : 1.0F) * canvas_.line(), "wire." + id(wire.to));
        }
    }

    void draw_lane(const DifferenceLane& row) {
        const unsigned width = lane_width(row.lane);
        for (unsigned i = 1; i <= width; ++i) {
            const BitRef bit{row.lane, i};
            const bool differs = row.differs(i);
            canvas_.cell(grid_.rect(bit), differs ? 1U : 0U, row.difference == 0 ? Paint(Ink::faint) : Paint(row.ink),
                         differs, id(bit));
            if (n_ == 1 && (row.lane == left_in || row.lane == right_in)) make_flippable(bit);
        }
        const Rect first = grid_.rect({row.lane, 1});
        const float middle = first.y + grid_.height / 2, label_end = first.x - 0.4F * em_;
        canvas_.text_to_right(FontRole::text, {label_end, middle}, row.ink, row.label);
        const float label = canvas_.width(FontRole::text, row.label);
        canvas_.text_to_right(FontRole::text, {label_end - label - (label > 0 ? 0.25F * em_ : 0), middle}, Ink::muted,
                              row.sign);
        if (width == 32) draw_hex(row, {grid_.rect({row.lane, width}).right() + 0.45F * em_, middle});
    }

    void make_flippable(BitRef bit) {
        const unsigned number = bit.lane == left_in ? bit.position : 32 + bit.position;
        const Rect rect = grid_.rect(bit);
        Area& area = canvas_.area(id(bit), {rect.x, rect.y, grid_.pitch, grid_.height});
        area.follow = item_of({DifferencePart::Kind::bit, number});
        area.tooltip = fmt::format("{} bit {}: a click turns it over in the difference that enters", lane(bit.lane).id,
                                   bit.position);
    }

    // The value behind its row, where there is room for it.
    void draw_hex(const DifferenceLane& row, Point at) {
        const std::string words = fmt::format("{:08X}", row.difference);
        for (const FontRole font : {FontRole::figures_small, FontRole::figures_tiny}) {
            if (at.x + canvas_.width(font, words) > room_.right()) continue;
            canvas_.text(font, {at.x, at.y - canvas_.height(font) / 2}, row.difference == 0 ? Ink::faint : Ink::text,
                         words);
            return;
        }
    }

    void draw_box(unsigned number) {
        const DifferenceBox& box = round_.boxes[number - 1];
        const float from = grid_.left_48 + grid_.pitch * static_cast<float>(6 * (number - 1));
        const Rect rect{from - 0.04F * em_, grid_.boxes_top, 6 * grid_.pitch - 0.16F * em_, grid_.boxes_height};
        const bool active = box.active(), chosen = box_ == number;
        const Ink bright = box.entry == 0 ? Ink::error : Ink::current;
        const float centre = rect.centre().x;
        canvas_.straight({centre, grid_.lower({mixed, 1}).y + 0.1F * em_}, {centre, rect.y},
                         active ? bright : Ink::faint, (active ? 2.2F : 1.0F) * canvas_.line());
        for (unsigned i = 1; i <= 4; ++i) {
            const BitRef to{s_out, 4 * (number - 1) + i};
            const bool lit = lane(s_out).differs(to.position);
            canvas_.wire({centre + (static_cast<float>(i) - 2.5F) * 0.3F * grid_.pitch, rect.bottom()}, grid_.upper(to),
                         lit ? Paint(Ink::current) : faded(Ink::sbox, canvas_.style().theme.wire_alpha),
                         (lit ? 2.0F : 1.0F) * canvas_.line());
        }
        const std::string name = fmt::format("S{}", number);
        canvas_.box(rect, chosen ? Ink::current_tint : Ink::raised, active ? bright : Ink::border,
                    (active ? 2.2F : 1.0F) * canvas_.line(), name);
        canvas_.text_centred(FontRole::text, {centre, rect.y + 0.75F * em_}, active ? Ink::text : Ink::muted,
                             indexed("S", number));
        if (!active) return;
        const float width = rect.w - 0.2F * em_;
        canvas_.small_figures_within({centre, rect.y + 1.75F * em_}, width, Ink::sbox,
                                     fmt::format("{:02X}\u2192{:X}", box.input, box.output));
        canvas_.small_figures_within({centre, rect.y + 2.7F * em_}, width, box.entry == 0 ? Ink::error : Ink::text,
                                     fmt::format("{}/64", box.entry));
        Area& area = canvas_.area(name, rect);
        area.follow = item_of({DifferencePart::Kind::box, number});
        area.tooltip = fmt::format(
            "{}: where its inputs differ by {:02X}, its outputs differ by {:X} for {} of 64 inputs; a click takes the "
            "next of {} differences that are possible",
            name, box.input, box.output, box.entry, box.choices);
    }

    Canvas& canvas_;
    const DifferenceBench& bench_;
    const DifferenceRound& round_;
    unsigned n_; // the round, from 1
    std::optional<unsigned> box_;
    Rect room_;
    float em_;
    std::array<DifferenceLane, lane_count> lanes_;
    RoundGrid grid_{};
};

} // namespace

float draw_difference_round(Canvas& canvas, const DifferenceBench& bench, std::size_t round,
                            std::optional<unsigned> box, Rect room) {
    return DifferenceRoundPicture(canvas, bench, round, box, room).draw();
}

} // namespace keyhole::viz
