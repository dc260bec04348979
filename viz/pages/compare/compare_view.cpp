#include "viz/pages/compare/compare_view.hpp"

#include <fmt/format.h>

#include <bit>

#include "viz/draw/bit_strip.hpp"

namespace keyhole::viz {
namespace {

struct Axis {
    Rect area; // of the bars
    float x(unsigned round) const { return area.x + area.w * static_cast<float>(round) / compare_rounds; }
    float y(double bits) const { return area.bottom() - area.h * static_cast<float>(bits) / 64; }
};

void draw_average(FrameContext& context, ScreenCanvas& canvas, const Axis& axis,
                  const std::array<double, compare_rounds>& average) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float half = axis.area.w / compare_rounds / 2;
    ImVec2 before{};
    for (unsigned i = 0; i < compare_rounds; ++i) {
        const ImVec2 at{axis.x(i) + half, axis.y(average[i])};
        if (i > 0) canvas.straight(before, at, context.theme.text, 1.6F * canvas.line());
        before = at;
    }
    for (unsigned i = 0; i < compare_rounds; ++i) {
        const ImVec2 at{axis.x(i) + half, axis.y(average[i])};
        list->AddCircleFilled(at, 0.2F * context.fonts.em, context.theme.panel);
        list->AddCircle(at, 0.2F * context.fonts.em, context.theme.text, 0, 1.6F * canvas.line());
    }
}

void draw_legend(FrameContext& context, ScreenCanvas& canvas, ImVec2 at, float width, Flipped average) {
    const float em = context.fonts.em, side = 0.7F * em;
    const Theme& theme = context.theme;
    canvas.box({at.x, at.y + 0.2F * em}, {at.x + side, at.y + 0.2F * em + side}, theme.left, 0);
    float x = canvas.text(context.fonts.small, {at.x + side + 0.3F * em, at.y}, theme.text, "in L") + em;
    canvas.box({x, at.y + 0.2F * em}, {x + side, at.y + 0.2F * em + side}, theme.right, 0);
    x = canvas.text(context.fonts.small, {x + side + 0.3F * em, at.y}, theme.text, "in R") + em;
    const ImVec2 dot{x + side / 2, at.y + 0.55F * em};
    ImGui::GetWindowDrawList()->AddCircle(dot, 0.2F * em, theme.text, 0, 1.6F * canvas.line());
    x += side + 0.3F * em;
    const std::string_view whole =
        average == Flipped::key ? "average over the 56 key bits that count" : "average over all 64 bits of the text";
    const bool fits = x + ScreenCanvas::size(context.fonts.small, whole).x <= at.x + width;
    canvas.text(context.fonts.small, {x, at.y}, theme.text, fits ? whole : "average");
}

} // namespace

std::optional<unsigned> draw_differences(FrameContext& context, ScreenCanvas& canvas, Rect area,
                                         const CompareBench& bench, Flipped average, unsigned chosen) {
    const float em = context.fonts.em;
    const Theme& theme = context.theme;
    draw_legend(context, canvas, {area.x, area.y}, area.w, average);
    const Axis axis{{area.x + 1.8F * em, area.y + 2.5F * em, area.w - 1.8F * em, area.h - 4.1F * em}};
    for (const unsigned bits : {0U, 32U, 64U}) {
        const float y = axis.y(bits);
        canvas.straight({axis.area.x, y}, {axis.area.right(), y}, theme.border, canvas.line());
        canvas.text_to_right(context.fonts.figures_tiny, {axis.area.x - 0.4F * em, y}, theme.muted,
                             fmt::format("{}", bits));
    }
    std::optional<unsigned> clicked;
    const float wide = axis.area.w / compare_rounds, gap = 0.16F * wide;
    for (unsigned i = 0; i < compare_rounds; ++i) {
        const HalvesPair& pair = bench.comparison().rounds[i];
        const float x = axis.x(i) + gap, right = axis.x(i) + wide - gap;
        const double left_bits = std::popcount(pair.left());
        const ImVec2 column_from{axis.x(i) + 0.05F * wide, area.y + 1.35F * em};
        const ImVec2 column_to{axis.x(i) + 0.95F * wide, area.bottom()};
        if (i == chosen) canvas.box(column_from, column_to, theme.current_tint, theme.current, 2.2F * canvas.line());
        if (left_bits > 0) canvas.box({x, axis.y(left_bits)}, {right, axis.y(0)}, theme.left, 0);
        if (pair.right() != 0) canvas.box({x, axis.y(pair.bits())}, {right, axis.y(left_bits)}, theme.right, 0);
        const float middle = axis.x(i) + wide / 2;
        canvas.small_figures_within({middle, area.y + 1.95F * em}, wide, pair.bits() > 0 ? theme.text : theme.muted,
                                    fmt::format("{}", pair.bits()));
        canvas.small_figures_within({middle, area.bottom() - 0.75F * em}, wide,
                                    i == chosen ? theme.current : theme.muted,
                                    i == 0 ? std::string("IP") : fmt::format("{}", i));
        if (canvas.clicked(column_from, column_to)) clicked = i;
    }
    draw_average(context, canvas, axis, bench.average(average));
    return clicked;
}

void draw_halves(FrameContext& context, ScreenCanvas& canvas, Rect area, const HalvesPair& pair, unsigned round) {
    const float em = context.fonts.em, label = 1.3F * em, tall = 1.2F * em;
    const Theme& theme = context.theme;
    ScreenStrip strip{.count = 64, .group = 4, .left = area.x + label, .top = area.y + 1.3F * em, .height = tall};
    strip.gap = 0.16F * em;
    strip.middle = 0.8F * em;
    strip.pitch = (area.w - label - 14 * strip.gap - strip.middle) / 64;
    const auto name = [&](unsigned first, const char* half) {
        canvas.text(context.fonts.small, {strip.x(first), area.y - 0.1F * em}, first == 1 ? theme.left : theme.right,
                    fmt::format("{}{}", half, round));
    };
    name(1, "L");
    name(33, "R");
    const auto whole = [](std::uint32_t left, std::uint32_t right) { return std::uint64_t{left} << 32 | right; };
    const std::uint64_t a = whole(pair.left_a, pair.right_a), b = whole(pair.left_b, pair.right_b);
    const float marks = strip.top + tall, second = marks + 0.6F * em;
    ImDrawList* list = ImGui::GetWindowDrawList();
    for (const bool lower : {false, true}) {
        strip.top = lower ? second : area.y + 1.3F * em;
        canvas.text(context.fonts.figures_small, {area.x, strip.top + 0.1F * em}, theme.muted, lower ? "B" : "A");
        for (unsigned i = 1; i <= 64; ++i) {
            const bool differs = bit_at(a ^ b, 64, i) != 0;
            screen_bit(canvas, strip, i, bit_at(lower ? b : a, 64, i), i <= 32 ? theme.left : theme.right,
                       differs ? ScreenCellLook::live : ScreenCellLook::ordinary);
            if (!lower || !differs) continue;
            const float x = strip.upper(i).x, wide = std::min(0.5F * strip.cell(), 0.26F * em);
            list->AddTriangleFilled({x - wide, marks + 0.12F * em}, {x + wide, marks + 0.12F * em},
                                    {x, second - 0.08F * em}, theme.current);
        }
    }
}

} // namespace keyhole::viz
