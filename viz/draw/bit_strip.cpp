#include "viz/draw/bit_strip.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

constexpr float digit_room = 0.41F; // em: the smallest figure's advance

void digit(ImDrawList* list, const ImFont* font, ImVec2 from, ImVec2 size, unsigned bit, ImU32 ink) {
    const auto sign = static_cast<ImWchar>(bit != 0 ? U'1' : U'0');
    const ImFontGlyph* glyph = font->FindGlyph(sign);
    font->RenderChar(
        list, font->FontSize,
        {std::round(from.x + (size.x - glyph->AdvanceX) / 2), std::round(from.y + (size.y - font->FontSize) / 2)}, ink,
        sign);
}

} // namespace

float ScreenStrip::x(unsigned position) const {
    const unsigned before = position - 1;
    const bool second = middle > 0 && position > count / 2;
    const unsigned gaps = before / group - (second ? 1 : 0);
    return left + pitch * static_cast<float>(before) + gap * static_cast<float>(gaps) + (second ? middle : 0);
}

std::optional<unsigned> ScreenStrip::hovered(const ScreenCanvas& canvas) const {
    if (!canvas.hovered({left, top}, {right(), top + height})) return std::nullopt;
    for (unsigned i = 1; i <= count; ++i) {
        if (canvas.hovered(corner(i), {x(i) + pitch, top + height})) return i;
    }
    return std::nullopt;
}

void screen_bit(ScreenCanvas& canvas, const ScreenStrip& strip, unsigned position, unsigned bit, ImU32 colour,
                ScreenCellLook look) {
    const ImVec2 from = strip.corner(position), size{strip.cell(), strip.height};
    const ImVec2 to{from.x + size.x, from.y + size.y};
    const bool out = look == ScreenCellLook::left_out;
    const ImU32 own = out ? canvas.theme().faint : colour;
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (strip.cell() >= digit_room * canvas.em() && !out) {
        canvas.cell(from, size, bit, own, look == ScreenCellLook::live);
    } else {
        const float rounding = 0.18F * size.x;
        if (bit != 0 && !out) {
            list->AddRectFilled(from, to, own, rounding);
        } else {
            list->AddRect(from, to, faded(own, out ? 0.9F : 0.6F), rounding, 0, canvas.line());
        }
        if (look == ScreenCellLook::live)
            list->AddRect(from, to, canvas.theme().current, rounding, 0, 2.2F * canvas.line());
        if (out && strip.cell() >= digit_room * canvas.em())
            digit(list, canvas.fonts().figures_tiny, from, size, bit, canvas.theme().muted);
    }
    if (out) canvas.straight({from.x, to.y}, {to.x, from.y}, canvas.theme().faint, canvas.line());
    if (look == ScreenCellLook::marked)
        list->AddRect({from.x - 1, from.y - 1}, {to.x + 1, to.y + 1}, canvas.theme().text, 0.18F * size.x, 0,
                      2.0F * canvas.line());
}

void screen_ticks(ScreenCanvas& canvas, const ScreenStrip& strip, float y, bool halves) {
    const ImFont* font = canvas.fonts().figures_tiny;
    const ImU32 ink = canvas.theme().muted;
    for (unsigned i = 1; i <= strip.count; i += strip.group) {
        const unsigned number = halves && i > strip.count / 2 ? i - strip.count / 2 : i;
        const unsigned last = i + strip.group - 1;
        const std::string begin = std::to_string(number), end = std::to_string(number + strip.group - 1);
        // Flush with the group's ends, so that neighbours do not touch.
        const float x = canvas.text(font, {strip.x(i), y - font->FontSize / 2}, ink, begin);
        const float right = strip.x(last) + strip.cell();
        if (right - ScreenCanvas::size(font, end).x > x + 0.4F * canvas.em())
            canvas.text_to_right(font, {right, y}, ink, end);
    }
}

} // namespace keyhole::viz
