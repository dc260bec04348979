#include <fmt/format.h>

#include <algorithm>

#include "viz/base/number_model.hpp"
#include "viz/pages/lab/bench/difference_picture.hpp"
#include "viz/picture/strip.hpp"

namespace keyhole::viz {
namespace {

constexpr Item items_of_a_kind = 100;

class DifferenceRowsPicture {
  public:
    DifferenceRowsPicture(Canvas& canvas, const DifferenceBench& bench, std::size_t round, Rect room)
        : canvas_(canvas), bench_(bench), round_(round), room_(room), em_(canvas.em()) {
        const float figures = canvas.width(FontRole::figures_small, "0");
        number_ = 2 * figures + 0.5F * em_;
        chance_ = 11 * figures + 0.6F * em_; // "1 in 234.06"
        half_ = (room.w - number_ - chance_ - 2 * gap * em_) / 2;
        height_ = cell * em_ + canvas.height(FontRole::figures_small) + 0.75F * em_;
    }

    float draw() {
        const auto& rounds = bench_.rounds();
        float y = room_.y;
        for (std::size_t n = 0; n < rounds.size(); ++n, y += height_) {
            const Rect row{room_.x + 1, y, room_.w - 2, height_ - 0.2F * em_};
            const std::string name = fmt::format("round.{}", n + 1);
            canvas_.box(row, n == round_ ? Ink::current_tint : Ink::raised, n == round_ ? Ink::current : Ink::border,
                        (n == round_ ? 1.6F : 1.0F) * canvas_.line(), name);
            draw_row(n, rounds[n].before, row, fmt::to_string(n + 1), chance_words(rounds[n].chance));
            Area& area = canvas_.area(name, row);
            area.follow = item_of({DifferencePart::Kind::round, static_cast<unsigned>(n) + 1});
            area.tooltip = fmt::format("round {}: {:08X} {:08X} enter, f gives {:08X}, {}; a click makes it large",
                                       n + 1, rounds[n].before.left, rounds[n].before.right, rounds[n].output,
                                       chance_words(rounds[n].chance));
        }
        draw_row(rounds.size(), bench_.after(), {room_.x + 1, y, room_.w - 2, height_ - 0.2F * em_}, "=",
                 chance_words(bench_.chance()));
        return y + height_;
    }

  private:
    void draw_row(std::size_t n, const lab::HalvesDifference& halves, Rect row, const std::string& number,
                  const std::string& chance) {
        const float middle = row.centre().y;
        canvas_.text_to_right(FontRole::figures_small, {row.x + number_ - 0.25F * em_, middle}, Ink::muted, number);
        draw_half("L", n, halves.left, Ink::left, {row.x + number_, row.y});
        draw_half("R", n, halves.right, Ink::right, {row.x + number_ + half_ + gap * em_, row.y});
        canvas_.small_figures_within({row.right() - chance_ / 2, middle}, chance_ - 0.4F * em_,
                                     chance == "never" ? Ink::error : Ink::text, chance);
    }

    // 32 small cells, and the same in hex below them.
    void draw_half(std::string_view letter, std::size_t n, std::uint32_t difference, Ink ink, Point at) {
        const Strip strip{.count = 32,
                          .group = 8,
                          .left = at.x,
                          .top = at.y + 0.25F * em_,
                          .pitch = half_ / 32,
                          .height = cell * em_};
        for (unsigned i = 1; i <= 32; ++i) {
            const unsigned bit = bit_at(difference, 32, i);
            draw_small_bit(canvas_, strip, i, bit, ink, CellLook::ordinary, fmt::format("{}{}.{}", letter, n, i));
        }
        canvas_.small_figures_within(
            {at.x + half_ / 2, strip.top + strip.height + 0.1F * em_ + canvas_.height(FontRole::figures_small) / 2},
            half_, difference == 0 ? Ink::faint : ink, fmt::format("{:08X}", difference));
    }

    static constexpr float cell = 0.6F, gap = 0.6F; // em

    Canvas& canvas_;
    const DifferenceBench& bench_;
    std::size_t round_;
    Rect room_;
    float em_, number_, chance_, half_, height_; // pixels; the widths of the columns, and of a row its height
};

} // namespace

Item item_of(const DifferencePart& part) { return items_of_a_kind * (static_cast<Item>(part.kind) + 1) + part.number; }

std::optional<DifferencePart> difference_part(Item item) {
    if (item == 0) return std::nullopt;
    return DifferencePart{static_cast<DifferencePart::Kind>(item / items_of_a_kind - 1),
                          static_cast<unsigned>(item % items_of_a_kind)};
}

float draw_difference_rows(Canvas& canvas, const DifferenceBench& bench, std::size_t round, Rect room) {
    return DifferenceRowsPicture(canvas, bench, round, room).draw();
}

} // namespace keyhole::viz
