#include "viz/draw/painter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/draw/imgui_compat.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_cut_texts = 64;
std::vector<std::string> cut_texts;

constexpr float lit_outline = 2.2F; // thin lines
constexpr float roundness = 0.18F;  // of a cell, in parts of its width

// Notes the text where it leaves the panel that is being drawn.
void watch_for_cut(float left, float right, std::string_view text) {
    const ImDrawList* list = ImGui::GetWindowDrawList();
    if (left >= list->GetClipRectMin().x - 1 && right <= list->GetClipRectMax().x + 1) return;
    if (cut_texts.size() < most_cut_texts) cut_texts.emplace_back(text);
}

} // namespace

float ScreenTypeface::height(FontRole font) const { return font_of(fonts_, font)->FontSize; }

float ScreenTypeface::width(FontRole role, std::string_view words) const {
    const ImFont* font = font_of(fonts_, role);
    return font->CalcTextSizeA(font->FontSize, 1e9F, 0, words.data(), words.data() + words.size()).x;
}

std::size_t ScreenTypeface::fitting(FontRole role, std::string_view words, float width) const {
    const ImFont* font = font_of(fonts_, role);
    const char* end = nullptr;
    font->CalcTextSizeA(font->FontSize, width, 0, words.data(), words.data() + words.size(), &end);
    return static_cast<std::size_t>(end - words.data());
}

bool ScreenTypeface::has(FontRole font, char32_t character) const {
    if (character > 0xFFFF) return false;
    if (font_of(fonts_, font)->FindGlyphNoFallback(static_cast<ImWchar>(character)) != nullptr) return true;
    miss(fonts_, font, character);
    return false;
}

Painter::Painter(const Theme& theme, const FontSet& fonts, Point offset, float growth)
    : theme_(theme), fonts_(fonts), offset_(offset), growth_(growth), list_(ImGui::GetWindowDrawList()) {}

float Painter::line() const { return std::max(1.0F, theme_.line * growth_ * fonts_.em / 18); }

void Painter::paint(const Picture& picture, std::string_view pointed) {
    for (const Shape& shape : picture.shapes) paint(shape, !pointed.empty() && shape.id == pointed);
}

void Painter::paint(const Shape& shape, bool pointed) {
    std::visit([&](const auto& form) { draw(form, pointed); }, shape.form);
}

void Painter::draw(const shape::Text& text, bool pointed) {
    const ImFont* font = font_of(fonts_, text.font);
    const ImVec2 from = at(text.box.corner());
    watch_for_cut(from.x, from.x + text.box.w, text.words);
    list_->AddText(font, growth_ * font->FontSize, {std::round(from.x), std::round(from.y)},
                   theme_.colour(pointed ? Paint(Ink::followed) : text.paint), text.words.data(),
                   text.words.data() + text.words.size());
    compat::log_text(text.words);
}

void Painter::draw(const shape::Box& box, bool pointed) {
    const ImVec2 from = at(box.rect.corner()), to = at(box.rect.far_corner());
    if (box.fill.ink != Ink::none) list_->AddRectFilled(from, to, theme_.colour(box.fill), box.rounding);
    const Paint outline = pointed ? Paint(Ink::followed) : box.outline;
    if (outline.ink != Ink::none) list_->AddRect(from, to, theme_.colour(outline), box.rounding, 0, box.thickness);
}

void Painter::draw(const shape::Circle& circle, bool pointed) {
    constexpr int corners = 32; // round enough for the signs of a stage
    const ImVec2 centre = at(circle.centre);
    if (circle.fill.ink != Ink::none)
        list_->AddCircleFilled(centre, circle.radius, theme_.colour(circle.fill), corners);
    const Paint outline = pointed ? Paint(Ink::followed) : circle.outline;
    if (outline.ink != Ink::none)
        list_->AddCircle(centre, circle.radius, theme_.colour(outline), corners, circle.thickness);
}

void Painter::draw(const shape::Line& line, bool /*pointed*/) {
    list_->AddLine(at(line.from), at(line.to), theme_.colour(line.paint), line.thickness);
}

void Painter::draw(const shape::Wire& wire, bool /*pointed*/) {
    const ImVec2 from = at(wire.from), to = at(wire.to);
    const float bend = wire_bend(wire.from, wire.to);
    list_->AddBezierCubic(from, {from.x, from.y + bend}, {to.x, to.y - bend}, to, theme_.colour(wire.paint),
                          wire.thickness);
}

void Painter::draw(const shape::Triangle& triangle, bool /*pointed*/) {
    list_->AddTriangleFilled(at(triangle.a), at(triangle.b), at(triangle.c), theme_.colour(triangle.paint));
}

void Painter::draw(const shape::Cell& cell, bool pointed) {
    using enum shape::CellLook;
    const ImVec2 from = at(cell.rect.corner()), to = at(cell.rect.far_corner());
    const float rounding = cell.dense ? 0 : roundness * cell.rect.w;
    const Colour own = theme_.colour(cell.paint);
    if (cell.filled) {
        list_->AddRectFilled(from, to, own, rounding);
    } else if (cell.dense) {
        list_->AddRectFilled(from, to, faded(own, 0.16F));
    } else {
        list_->AddRect(from, to, faded(own, cell.look == left_out ? 0.9F : 0.6F), rounding, 0, line());
    }
    const float width = lit_outline * line();
    // Around the cell where it shows a digit, on its edge where it is too small for one.
    const float out = cell.dense || cell.sign != 0 ? width / 2 : 0;
    if (cell.dense) draw_sign(cell, from);
    if (cell.look == lit || cell.look == followed || pointed)
        list_->AddRect({from.x - out, from.y - out}, {to.x + out, to.y + out},
                       theme_.colour(cell.look == lit && !pointed ? Ink::current : Ink::followed), rounding, 0, width);
    if (!cell.dense) draw_sign(cell, from);
    if (cell.look == left_out) list_->AddLine({from.x, to.y}, {to.x, from.y}, theme_.colour(Ink::faint), line());
    if (cell.look == marked)
        list_->AddRect({from.x - 2, from.y - 2}, {to.x + 2, to.y + 2}, own, rounding, 0, 2 * line());
}

void Painter::draw_sign(const shape::Cell& cell, ImVec2 from) {
    if (cell.sign == 0) return;
    const bool quiet = cell.sign == '?' || cell.look == shape::CellLook::left_out;
    const Colour ink = theme_.colour(quiet ? Ink::muted : cell.filled ? Ink::on_fill : Ink::text);
    const ImFont* font = font_of(fonts_, cell.font);
    const auto sign = static_cast<ImWchar>(static_cast<unsigned char>(cell.sign));
    const float advance = growth_ * font->FindGlyph(sign)->AdvanceX, tall = growth_ * font->FontSize;
    font->RenderChar(list_, tall,
                     {std::round(from.x + (cell.rect.w - advance) / 2), std::round(from.y + (cell.rect.h - tall) / 2)},
                     ink, sign);
}

std::vector<std::string> take_cut_text() { return std::exchange(cut_texts, {}); }

} // namespace keyhole::viz
