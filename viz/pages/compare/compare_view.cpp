#include "viz/pages/compare/compare_view.hpp"

#include <fmt/format.h>

#include <bit>

#include "viz/picture/strip.hpp"

namespace keyhole::viz {
namespace {

struct Axis {
    Rect area; // of the bars
    float x(unsigned round) const { return area.x + area.w * static_cast<float>(round) / compare_rounds; }
    float y(double bits) const { return area.bottom() - area.h * static_cast<float>(bits) / 64; }
};

void draw_average(ScreenCanvas& canvas, const Axis& axis, const std::array<double, compare_rounds>& average,
                  unsigned last) {
    const float half = axis.area.w / compare_rounds / 2;
    Point before{};
    for (unsigned i = 0; i <= last; ++i) {
        const Point at{axis.x(i) + half, axis.y(average[i])};
        if (i > 0) canvas.straight(before, at, Ink::text, 1.6F * canvas.line());
        before = at;
    }
    for (unsigned i = 0; i <= last; ++i) {
        const Point at{axis.x(i) + half, axis.y(average[i])};
        canvas.circle(at, 0.2F * canvas.em(), Ink::panel, Ink::text, 1.6F * canvas.line());
    }
}

void draw_legend(ScreenCanvas& canvas, Point at, float width, Flipped average) {
    const float em = canvas.em(), side = 0.7F * em;
    canvas.box({at.x, at.y + 0.2F * em, side, side}, Ink::left, Ink::none);
    float x = canvas.text(FontRole::small, {at.x + side + 0.3F * em, at.y}, Ink::text, "in L") + em;
    canvas.box({x, at.y + 0.2F * em, side, side}, Ink::right, Ink::none);
    x = canvas.text(FontRole::small, {x + side + 0.3F * em, at.y}, Ink::text, "in R") + em;
    const Point dot{x + side / 2, at.y + 0.55F * em};
    canvas.circle(dot, 0.2F * em, Ink::none, Ink::text, 1.6F * canvas.line());
    x += side + 0.3F * em;
    const std::string_view whole =
        average == Flipped::key ? "average over the 56 key bits that count" : "average over all 64 bits of the text";
    const bool fits = x + canvas.width(FontRole::small, whole) <= at.x + width;
    canvas.text(FontRole::small, {x, at.y}, Ink::text, fits ? whole : "average");
}

} // namespace

std::optional<unsigned> draw_differences(ScreenCanvas& canvas, Rect area, const CompareBench& bench, Flipped average,
                                         unsigned chosen) {
    const float em = canvas.em();
    draw_legend(canvas, {area.x, area.y}, area.w, average);
    const Axis axis{{area.x + 1.8F * em, area.y + 2.5F * em, area.w - 1.8F * em, area.h - 4.1F * em}};
    for (const unsigned bits : {0U, 32U, 64U}) {
        const float y = axis.y(bits);
        canvas.straight({axis.area.x, y}, {axis.area.right(), y}, Ink::border, canvas.line());
        canvas.text_to_right(FontRole::figures_tiny, {axis.area.x - 0.4F * em, y}, Ink::muted, fmt::format("{}", bits));
    }
    std::optional<unsigned> clicked;
    const float wide = axis.area.w / compare_rounds, gap = 0.16F * wide;
    const unsigned last = bench.comparison().last();
    const std::string start = bench.comparison().variant.has_ip ? "IP" : "0";
    for (unsigned i = 0; i <= last; ++i) {
        const HalvesPair& pair = bench.comparison().rounds[i];
        const float x = axis.x(i) + gap, right = axis.x(i) + wide - gap;
        const double left_bits = std::popcount(pair.left());
        const Rect column{axis.x(i) + 0.05F * wide, area.y + 1.35F * em, 0.9F * wide, area.h - 1.35F * em};
        if (i == chosen) canvas.box(column, Ink::current_tint, Ink::current, 2.2F * canvas.line());
        if (left_bits > 0) canvas.box(Rect::between({x, axis.y(left_bits)}, {right, axis.y(0)}), Ink::left, Ink::none);
        if (pair.right() != 0)
            canvas.box(Rect::between({x, axis.y(pair.bits())}, {right, axis.y(left_bits)}), Ink::right, Ink::none);
        const float middle = axis.x(i) + wide / 2;
        canvas.small_figures_within({middle, area.y + 1.95F * em}, wide, pair.bits() > 0 ? Ink::text : Ink::muted,
                                    fmt::format("{}", pair.bits()));
        canvas.small_figures_within({middle, area.bottom() - 0.75F * em}, wide, i == chosen ? Ink::current : Ink::muted,
                                    i == 0 ? start : fmt::format("{}", i));
        if (canvas.clicked(column)) clicked = i;
    }
    draw_average(canvas, axis, bench.average(average), last);
    return clicked;
}

void draw_halves(ScreenCanvas& canvas, Rect area, const HalvesPair& pair, unsigned round) {
    const float em = canvas.em(), label = 1.3F * em, tall = 1.2F * em;
    Strip strip{.count = 64, .group = 4, .left = area.x + label, .top = area.y + 1.3F * em, .height = tall};
    strip.gap = 0.16F * em;
    strip.middle = 0.8F * em;
    strip.pitch = (area.w - label - 14 * strip.gap - strip.middle) / 64;
    const auto name = [&](unsigned first, const char* half) {
        canvas.text(FontRole::small, {strip.x(first), area.y - 0.1F * em}, first == 1 ? Ink::left : Ink::right,
                    fmt::format("{}{}", half, round));
    };
    name(1, "L");
    name(33, "R");
    const auto whole = [](std::uint32_t left, std::uint32_t right) { return std::uint64_t{left} << 32 | right; };
    const std::uint64_t a = whole(pair.left_a, pair.right_a), b = whole(pair.left_b, pair.right_b);
    const float marks = strip.top + tall, second = marks + 0.6F * em;
    for (const bool lower : {false, true}) {
        strip.top = lower ? second : area.y + 1.3F * em;
        canvas.text(FontRole::figures_small, {area.x, strip.top + 0.1F * em}, Ink::muted, lower ? "B" : "A");
        for (unsigned i = 1; i <= 64; ++i) {
            const bool differs = bit_at(a ^ b, 64, i) != 0;
            draw_bit(canvas, strip, i, bit_at(lower ? b : a, 64, i), i <= 32 ? Ink::left : Ink::right,
                     differs ? CellLook::lit : CellLook::ordinary);
            if (!lower || !differs) continue;
            const float x = strip.upper(i).x, wide = std::min(0.5F * strip.cell(), 0.26F * em);
            canvas.triangle({x - wide, marks + 0.12F * em}, {x + wide, marks + 0.12F * em}, {x, second - 0.08F * em},
                            Ink::current);
        }
    }
}

} // namespace keyhole::viz
