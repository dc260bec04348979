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

void screen_small_bit(ScreenCanvas& canvas, const ScreenStrip& strip, unsigned position, unsigned bit, ImU32 colour,
                      bool live) {
    const ImVec2 from = strip.corner(position), size{strip.cell(), strip.height};
    const ImVec2 to{from.x + size.x, from.y + size.y};
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(from, to, bit != 0 ? colour : faded(colour, 0.16F));
    if (strip.cell() >= digit_room * canvas.em() - 2)
        digit(list, canvas.fonts().figures_tiny, from, size, bit,
              bit != 0 ? canvas.theme().on_fill : canvas.theme().text);
    if (live) {
        const float width = 2.2F * canvas.line();
        list->AddRect({from.x - width / 2, from.y - width / 2}, {to.x + width / 2, to.y + width / 2},
                      canvas.theme().current, 0, 0, width);
    }
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

void bring_into_sight(float from, float to, float em) {
    const float seen_from = ImGui::GetWindowPos().y, seen_to = seen_from + ImGui::GetWindowHeight();
    if (from < seen_from) {
        ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() - (seen_from - from) - em));
    } else if (to > seen_to) {
        ImGui::SetScrollY(ImGui::GetScrollY() +
                          std::max(0.0F, std::min(to - seen_to + em, from - seen_from - 0.5F * em)));
    }
}

std::optional<std::size_t> draw_head(ScreenCanvas& canvas, const StageHead& head, ImVec2 at, float width, float& foot) {
    const Theme& theme = canvas.theme();
    const Fonts& fonts = canvas.fonts();
    const float em = canvas.em(), gap = 0.12F * em, tall = 1.1F * em;
    const auto stop_width = [&](const std::string& label) {
        return std::max(ScreenCanvas::size(fonts.figures_tiny, label).x + 0.3F * em, 1.13F * em) + gap;
    };
    float stops = 0;
    for (const std::string& label : head.stops) stops += stop_width(label);
    const float title = ScreenCanvas::size(fonts.title, head.title).x;
    const bool beside = title + em + stops <= width;
    canvas.text(fonts.title, at, theme.text, head.title);
    const float words = ScreenCanvas::size(fonts.small, head.words).x;
    const bool words_beside = title + 1.3F * em + words <= (beside ? width - stops : width);
    foot = at.y + 1.75F * em;
    if (words_beside) {
        canvas.text(fonts.small, {at.x + title + 0.8F * em, at.y + 0.4F * em}, theme.muted, head.words);
    } else {
        foot = canvas.paragraph(fonts.small, {at.x, foot}, width, theme.muted, head.words) + 0.2F * em;
    }
    std::optional<std::size_t> clicked;
    float x = beside ? at.x + width - stops : at.x;
    float y = beside ? at.y + 0.15F * em : foot;
    for (std::size_t i = 0; i < head.stops.size(); ++i) {
        const float step = stop_width(head.stops[i]);
        if (x + step > at.x + width + gap + 1) x = at.x, y += tall + gap;
        const ImVec2 from{x, y}, to{x + step - gap, y + tall};
        const bool here = head.current == i;
        const bool hovered = canvas.hovered(from, to);
        canvas.box(from, to, here ? theme.current : theme.raised, hovered || here ? theme.current : theme.border,
                   here ? 2.2F * canvas.line() : 0);
        canvas.text_centred(fonts.figures_tiny, {(from.x + to.x) / 2, (from.y + to.y) / 2},
                            here ? theme.on_current : theme.text, head.stops[i]);
        if (hovered && ImGui::IsMouseClicked(0)) clicked = i;
        x += step;
    }
    if (!beside && !head.stops.empty()) foot = y + tall + 0.4F * em;
    return clicked;
}

} // namespace keyhole::viz
