#include "viz/stages/block/permutation_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/picture/strip.hpp"
#include "viz/stages/block/block_picture.hpp"
#include "viz/stages/block/permutation_model.hpp"

namespace keyhole::viz {
namespace {

const HalfRow& half(const std::array<HalfRow, 2>& halves, unsigned place) { return halves[place > 32 ? 1 : 0]; }

class PermutationPicture {
  public:
    PermutationPicture(const StageInput& input, const PermutationModel& p, Canvas& canvas)
        : input_(input),
          p_(p),
          canvas_(canvas),
          room_(input.room),
          em_(canvas.em()),
          lit_(static_cast<unsigned>(input.state.followed)) {}

    void draw() {
        const float head_foot = head();
        const float lines =
            draw_bit_words(canvas_, {room_.x, head_foot}, room_.w, "Point at a bit to follow it, click to keep it.",
                           lit_, [&](unsigned bit) { return bit_words(p_, bit); });
        place(head_foot + 1.2F * em_ * lines);
        wires();
        row(from_, p_.from, p_.from_halves, p_.from_words, true);
        row(to_, p_.to, p_.to_halves, p_.to_words, false);
        float foot = to_.top + to_.height + 2.8F * em_;
        if (p_.squares) {
            for (const bool before : {true, false}) square(before);
            foot = std::max(squares_[0].y, squares_[1].y) + 8 * cell_ + 0.5F * em_;
        }
        Picture& picture = canvas_.picture();
        picture.foot = canvas_.paragraph(FontRole::text, {room_.x, foot}, room_.w, Ink::text, p_.rule);
        picture.work_from = from_.top - 2.6F * em_;
        picture.work_to = to_.top + to_.height + 2.4F * em_;
    }

  private:
    float head() {
        const Node& node = input_.step.node;
        StageHead head{.title = p_.title,
                       .words = fmt::format("block {}: {}", node.number(Kind::block),
                                            p_.moves ? "64 bits move, none changes" : "64 bits stay as they are"),
                       .stops = block_stops(node, p_.rounds)};
        const auto here = std::ranges::find(head.stops, node, &HeadStop::go_to);
        head.current = static_cast<std::size_t>(here - head.stops.begin());
        return draw_head(canvas_, head, room_);
    }

    // Where the rows lie.
    void place(float below) {
        from_ = {.count = 64, .group = 8};
        // 64 cells, six gaps of a third of a cell and a middle of a whole one.
        from_.pitch = std::min((room_.w - 0.7F * em_) / 67.2F, 1.1F * em_);
        from_.gap = from_.pitch / 3;
        from_.middle = std::max(1.2F * from_.pitch, 0.7F * em_);
        from_.height = std::clamp(1.3F * from_.pitch, 0.9F * em_, 1.2F * em_);
        from_.left = room_.x + (room_.w - from_.width()) / 2;
        from_.top = below + 2.8F * em_;
        to_ = from_;
        const float rest = room_.bottom() - from_.top - 2 * from_.height - (p_.squares ? 17.2F : 7) * em_;
        to_.top = from_.top + from_.height + std::clamp(rest, 5 * em_, 14 * em_);
        place_squares(to_.top + to_.height + 4 * em_);
    }

    // The upper left corners of the squares; one below the other in a narrow panel.
    void place_squares(float top) {
        cell_ = std::min(1.42F * em_, room_.w / 8);
        const float side = 8 * cell_;
        const bool beside = room_.w > 2 * side + 3 * em_;
        const float gap = beside ? std::min(6 * em_, room_.w - 2 * side) : 0;
        const float x = room_.x + (room_.w - side * (beside ? 2 : 1) - gap) / 2;
        squares_ = {{{x, top}, {x, top + side + 2 * em_}}};
        if (beside) squares_[1] = {x + side + gap, top};
    }

    std::string id(std::string_view part, unsigned place) const {
        return fmt::format("{}.{}.{}", p_.name, part, place);
    }

    // The colour of a bit is that of the end of its wire which has one.
    Paint paint(unsigned before) const {
        const HalfRow& above = half(p_.from_halves, before);
        return ink_of(above.label.empty() ? half(p_.to_halves, p_.destination[before - 1]).meaning : above.meaning);
    }

    void wires() {
        const float thin = canvas_.line();
        for (const bool lit : {false, true}) {
            for (unsigned i = 1; i <= 64; ++i) {
                if ((i == lit_) != lit) continue;
                const Point from = from_.lower(i), to = to_.upper(p_.destination[i - 1]);
                canvas_.wire(from, to, lit ? Paint(Ink::followed) : faded(paint(i), input_.style.theme.wire_alpha),
                             (lit ? 2.6F : 1.2F) * thin, id("wire", i));
                canvas_.wire_area({}, from, to).follow = i;
            }
        }
    }

    void row(const Strip& strip, Bits bits, const std::array<HalfRow, 2>& halves, const std::string& words,
             bool above) {
        const auto bit_of = [&](unsigned place) { return above ? place : p_.source[place - 1]; };
        for (unsigned i = 1; i <= 64; ++i) {
            const bool lit = bit_of(i) == lit_;
            const Paint own = ink_of(half(halves, i).meaning);
            const std::string name = id(above ? "in" : "out", i);
            if (covered(above)) {
                canvas_.cell(strip.rect(i), std::nullopt, own, lit, name);
            } else {
                draw_bit(canvas_, strip, i, bit_at(bits.value, 64, i), own,
                         lit ? CellLook::followed : CellLook::ordinary, name);
            }
        }
        follow_cells(canvas_, strip, bit_of);
        if (!above) {
            outline_cells(canvas_, strip, 1, 32);
            outline_cells(canvas_, strip, 33, 64);
        }
        // Outside the row: its places, then what the row is.
        draw_ticks(canvas_, strip, above ? strip.top - 0.55F * em_ : strip.top + strip.height + 0.6F * em_,
                   !halves[0].label.empty());
        const float line = above ? strip.top - 2.1F * em_ : strip.top + strip.height + 1.15F * em_;
        if (halves[0].label.empty()) {
            canvas_.text(FontRole::small, {strip.left, line}, Ink::muted,
                         fmt::format("{}  {}", covered(above) ? "?" : hex_text(bits), words));
            return;
        }
        for (const unsigned h : {0U, 1U}) {
            const Bits value{bit_slice(bits.value, 64, 32 * h + 1, 32), 32};
            canvas_.text(FontRole::small, {strip.x(32 * h + 1), line}, ink_of(halves[h].meaning),
                         fmt::format("{}  {}", halves[h].label, covered(above) ? "?" : hex_text(value)));
        }
    }

    // The row above, and its places before, are what the step starts from.
    bool covered(bool above) const { return !above && input_.covered; }

    // A row again as a square of places before; that of the lower row is the standard's table.
    void square(bool before) {
        const Point corner = squares_[before ? 0 : 1];
        const std::string words = before ? "places before" : fmt::format("{}: taken from", p_.name);
        canvas_.text(FontRole::small, {corner.x, corner.y - 1.25F * em_}, Ink::muted, words);
        for (unsigned i = 1; i <= 64; ++i) {
            const unsigned number = before ? i : p_.source[i - 1];
            const Rect all{corner.x + cell_ * static_cast<float>((i - 1) % 8),
                           corner.y + cell_ * static_cast<float>((i - 1) / 8), cell_, cell_};
            const Rect rect{all.x, all.y, cell_ - 0.1F * em_, cell_ - 0.1F * em_};
            const bool one = !covered(before) && bit_at(p_.from.value, 64, number) != 0, lit = number == lit_;
            const Paint own = paint(number);
            canvas_.box(rect, one ? own : Paint(Ink::panel),
                        lit   ? Paint(Ink::followed)
                        : one ? own
                              : faded(own, 0.6F),
                        lit ? 2.6F * canvas_.line() : 0, id(before ? "before" : "table", i));
            canvas_.area({}, all).follow = number;
            canvas_.text_centred(FontRole::figures_tiny, rect.centre(), one ? Ink::on_fill : Ink::text,
                                 fmt::to_string(number));
        }
    }

    const StageInput& input_;
    const PermutationModel& p_;
    Canvas& canvas_;
    Rect room_;
    float em_;
    unsigned lit_; // the place above of the bit that is followed, 0 for none
    Strip from_, to_;
    float cell_ = 0;
    std::array<Point, 2> squares_{};
};

} // namespace

std::string name_of_bit(const StageInput& /*input*/, Item item) { return fmt::format("bit {}", item); }

Picture permutation_picture(const StageInput& input) {
    return draw_picture<PermutationPicture>(input, make_permutation_model(input.trace, input.step.node));
}

} // namespace keyhole::viz
