#include "viz/picture/strip.hpp"

#include <fmt/format.h>

#include <utility>

namespace keyhole::viz {
namespace {

constexpr float digit_room = 0.41F; // em: the smallest figure's advance

} // namespace

float Strip::x(unsigned position) const {
    const unsigned before = position - 1;
    const bool second = middle > 0 && position > count / 2;
    const unsigned gaps = before / group - (second ? 1 : 0);
    return left + pitch * static_cast<float>(before) + gap * static_cast<float>(gaps) + (second ? middle : 0);
}

std::optional<unsigned> Strip::at(Point point) const {
    for (unsigned i = 1; i <= count; ++i) {
        if (Rect{x(i), top, pitch, height}.contains(point)) return i;
    }
    return std::nullopt;
}

void draw_bit(Canvas& canvas, const Strip& strip, unsigned position, unsigned bit, Paint paint, CellLook look,
              std::string id) {
    const bool out = look == CellLook::left_out;
    const bool digit = strip.cell() >= digit_room * canvas.em();
    canvas.add(shape::Cell{.rect = strip.rect(position),
                           .filled = bit != 0 && !out,
                           .sign = digit ? (bit != 0 ? '1' : '0') : '\0',
                           .font = out ? FontRole::figures_tiny : canvas.digit_font(strip.rect(position)),
                           .paint = out ? Paint(Ink::faint) : paint,
                           .look = look},
               std::move(id));
}

void draw_small_bit(Canvas& canvas, const Strip& strip, unsigned position, unsigned bit, Paint paint, CellLook look,
                    std::string id) {
    const bool digit = strip.cell() >= digit_room * canvas.em() - 2;
    canvas.add(shape::Cell{.rect = strip.rect(position),
                           .filled = bit != 0,
                           .sign = digit ? (bit != 0 ? '1' : '0') : '\0',
                           .font = FontRole::figures_tiny,
                           .paint = paint,
                           .look = look,
                           .dense = true},
               std::move(id));
}

void follow_cells(Canvas& canvas, const Strip& strip, const std::function<Item(unsigned position)>& item) {
    for (unsigned i = 1; i <= strip.count; ++i)
        canvas.area({}, {strip.x(i), strip.top, strip.pitch, strip.height}).follow = item(i);
}

void outline_cells(Canvas& canvas, const Strip& strip, unsigned first, unsigned last) {
    const Rect cells = Rect::between(strip.rect(first).corner(), strip.rect(last).far_corner());
    canvas.box(cells.grown(0.16F * canvas.em()), Ink::none, Ink::current, 2.2F * canvas.line());
}

void draw_ticks(Canvas& canvas, const Strip& strip, float y, bool halves) {
    constexpr FontRole font = FontRole::figures_tiny;
    for (unsigned i = 1; i <= strip.count; i += strip.group) {
        const unsigned number = halves && i > strip.count / 2 ? i - strip.count / 2 : i;
        const unsigned last = i + strip.group - 1;
        const std::string begin = fmt::to_string(number), end = fmt::to_string(number + strip.group - 1);
        // Flush with the group's ends, so that neighbours do not touch.
        const float x = canvas.text(font, {strip.x(i), y - canvas.height(font) / 2}, Ink::muted, begin);
        const float right = strip.x(last) + strip.cell();
        if (right - canvas.width(font, end) > x + 0.4F * canvas.em())
            canvas.text_to_right(font, {right, y}, Ink::muted, end);
    }
}

} // namespace keyhole::viz
