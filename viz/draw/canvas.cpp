#include "viz/draw/canvas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/utf8.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/painter.hpp"

namespace keyhole::viz {
namespace {

// How far a wire's ends keep upright.
float bend_of(ImVec2 from, ImVec2 to) { return 0.55F * (to.y - from.y); }

// Characters that the font lacks, as what they are: U+65E5. Text without any is returned as it is, without a copy.
std::string_view known_only(const ImFont* font, std::string_view text, std::string& made) {
    const auto plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::ranges::all_of(text, plain)) return text;
    const ByteView bytes{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    std::string out;
    bool replaced = false;
    for (std::size_t i = 0; i < text.size();) {
        const Character c =
            plain(text[i]) ? Character{.offset = i, .length = 1, .code = 'a', .valid = true} : character_at(bytes, i);
        const bool known = c.valid && c.offset == i && c.code <= 0xFFFF &&
                           font->FindGlyphNoFallback(static_cast<ImWchar>(c.code)) != nullptr;
        const std::size_t length = c.valid && c.offset == i ? c.length : 1;
        if (known) out += text.substr(i, length);
        if (!known && c.valid) out += fmt::format("[U+{:04X}]", static_cast<unsigned>(c.code));
        if (!known && !c.valid) out += text.substr(i, length);
        replaced = replaced || !known;
        i += length;
    }
    if (!replaced) return text;
    made = std::move(out);
    return made;
}

} // namespace

ScreenCanvas::ScreenCanvas(const Theme& theme, const Fonts& fonts)
    : theme_(&theme), fonts_(&fonts), list_(ImGui::GetWindowDrawList()) {}

float ScreenCanvas::line() const { return std::max(1.0F, theme_->line * em() / 18); }

std::string ScreenCanvas::drawable(const ImFont* font, std::string_view words) {
    std::string made;
    return std::string(known_only(font, words, made));
}

ImVec2 ScreenCanvas::size(const ImFont* font, std::string_view words) {
    std::string made;
    const std::string_view text = known_only(font, words, made);
    return font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size());
}

float ScreenCanvas::text(const ImFont* font, ImVec2 at, ImU32 colour, std::string_view words) {
    std::string made;
    const std::string_view text = known_only(font, words, made);
    const float end = at.x + size(font, text).x;
    watch_for_cut(at.x, end, text);
    list_->AddText(font, font->FontSize, {std::round(at.x), std::round(at.y)}, colour, text.data(),
                   text.data() + text.size());
    compat::log_text(text);
    return end;
}

void ScreenCanvas::text_centred(const ImFont* font, ImVec2 centre, ImU32 colour, std::string_view words) {
    const ImVec2 extent = size(font, words);
    text(font, {centre.x - extent.x / 2, centre.y - extent.y / 2}, colour, words);
}

void ScreenCanvas::text_to_right(const ImFont* font, ImVec2 at, ImU32 colour, std::string_view words) {
    const ImVec2 extent = size(font, words);
    text(font, {at.x - extent.x, at.y - extent.y / 2}, colour, words);
}

std::string ScreenCanvas::shortened(const ImFont* font, std::string_view text, float width, std::string_view ending) {
    if (size(font, text).x <= width) return std::string(text);
    std::string made;
    do {
        text = whole_characters(text, text.empty() ? 0 : text.size() - 1);
        made = std::string(text) + std::string(ending);
    } while (!text.empty() && size(font, made).x > width);
    return made;
}

float ScreenCanvas::paragraph(const ImFont* font, ImVec2 at, float width, ImU32 colour, std::string_view words) {
    std::string made;
    std::string_view rest = known_only(font, words, made);
    float y = at.y;
    while (!rest.empty()) {
        // The longest head that fits, ending at a space where it can; a single long word is cut.
        const char* fits = nullptr;
        font->CalcTextSizeA(font->FontSize, width, 0, rest.data(), rest.data() + rest.size(), &fits);
        std::size_t cut = std::max<std::size_t>(static_cast<std::size_t>(fits - rest.data()), 1);
        while (cut < rest.size() && (static_cast<unsigned char>(rest[cut]) & 0xC0U) == 0x80U) ++cut;
        const std::size_t space = rest.substr(0, std::min(cut + 1, rest.size())).rfind(' ');
        if (cut < rest.size() && space != std::string_view::npos && space > 0) cut = space;
        text(font, {at.x, y}, colour, rest.substr(0, cut));
        y += 1.3F * font->FontSize;
        rest.remove_prefix(cut);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
    }
    return y;
}

void ScreenCanvas::paragraph(const ImFont* font, ImU32 colour, std::string_view words) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::Dummy({1, paragraph(font, at, width, colour, words) - at.y});
}

void ScreenCanvas::figures_within(ImVec2 centre, float width, ImU32 colour, std::string_view words) {
    if (size(fonts_->figures, words).x > width) return small_figures_within(centre, width, colour, words);
    text_centred(fonts_->figures, centre, colour, words);
}

void ScreenCanvas::small_figures_within(ImVec2 centre, float width, ImU32 colour, std::string_view words) {
    const bool fits = size(fonts_->figures_small, words).x <= width;
    text_centred(fits ? fonts_->figures_small : fonts_->figures_tiny, centre, colour, words);
}

void ScreenCanvas::box(ImVec2 from, ImVec2 to, ImU32 fill, ImU32 outline, float thickness) {
    const float rounding = std::min(0.2F * em(), 0.3F * (to.y - from.y));
    list_->AddRectFilled(from, to, fill, rounding);
    if (outline != 0) list_->AddRect(from, to, outline, rounding, 0, thickness > 0 ? thickness : line());
}

void ScreenCanvas::straight(ImVec2 from, ImVec2 to, ImU32 colour, float thickness) {
    list_->AddLine(from, to, colour, thickness);
}

void ScreenCanvas::wire(ImVec2 from, ImVec2 to, ImU32 colour, float thickness) {
    const float bend = bend_of(from, to);
    list_->AddBezierCubic(from, {from.x, from.y + bend}, {to.x, to.y - bend}, to, colour, thickness);
}

bool ScreenCanvas::on_wire(ImVec2 from, ImVec2 to) const {
    const float near = 0.22F * em();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const auto [left, right] = std::minmax(from.x, to.x);
    if (!hovered({left - near, from.y}, {right + near, to.y})) return false;
    const float bend = bend_of(from, to);
    constexpr int samples = 64;
    for (int i = 0; i <= samples; ++i) {
        const float t = static_cast<float>(i) / samples, s = 1 - t;
        const float head = s * s * (s + 3 * t), tail = t * t * (t + 3 * s);
        const float y = s * s * (s * from.y + 3 * t * (from.y + bend)) + t * t * (t * to.y + 3 * s * (to.y - bend));
        if (std::hypot(head * from.x + tail * to.x - mouse.x, y - mouse.y) <= near) return true;
    }
    return false;
}

void ScreenCanvas::cell(ImVec2 from, ImVec2 size, unsigned bit, ImU32 colour, bool live) {
    cell_frame(from, size, colour, bit != 0, live);
    cell_sign(from, size, bit != 0 ? theme_->on_fill : theme_->text, bit != 0 ? '1' : '0');
}

void ScreenCanvas::covered_cell(ImVec2 from, ImVec2 size, ImU32 colour, bool live) {
    cell_frame(from, size, colour, false, live);
    cell_sign(from, size, theme_->muted, '?');
}

void ScreenCanvas::cell_frame(ImVec2 from, ImVec2 size, ImU32 colour, bool filled, bool live) {
    const ImVec2 to{from.x + size.x, from.y + size.y};
    const float rounding = 0.18F * size.x;
    if (filled) {
        list_->AddRectFilled(from, to, colour, rounding);
    } else {
        list_->AddRect(from, to, faded(colour, 0.6F), rounding, 0, line());
    }
    if (live) {
        const float width = 2.2F * line();
        list_->AddRect({from.x - width / 2, from.y - width / 2}, {to.x + width / 2, to.y + width / 2}, theme_->current,
                       rounding, 0, width);
    }
}

void ScreenCanvas::cell_sign(ImVec2 from, ImVec2 size, ImU32 ink, char sign) {
    const ImFont* font = size.x < 0.62F * em() ? fonts_->figures_tiny : fonts_->figures_small;
    const ImFontGlyph* glyph = font->FindGlyph(static_cast<ImWchar>(sign));
    const ImVec2 at{std::round(from.x + (size.x - glyph->AdvanceX) / 2),
                    std::round(from.y + (size.y - font->FontSize) / 2)};
    font->RenderChar(list_, font->FontSize, at, ink, static_cast<ImWchar>(sign));
}

bool ScreenCanvas::hovered(ImVec2 from, ImVec2 to) const {
    return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
}

bool ScreenCanvas::clicked(ImVec2 from, ImVec2 to) const { return hovered(from, to) && ImGui::IsMouseClicked(0); }

} // namespace keyhole::viz
