#include "viz/picture/canvas.hpp"

#include <algorithm>
#include <utility>

namespace keyhole::viz {

float Canvas::line() const { return std::max(1.0F, style_.theme.line * em() / 18); }

float Canvas::width(FontRole font, std::string_view words) const {
    return type().width(font, drawable(type(), font, words));
}

float Canvas::set(FontRole font, Point at, Point before, Paint paint, std::string_view words, std::string id) {
    std::string shown = drawable(type(), font, words);
    const float wide = type().width(font, shown), tall = height(font);
    const Rect box{at.x - before.x * wide, at.y - before.y * tall, wide, tall};
    add(shape::Text{.box = box, .font = font, .paint = paint, .words = std::move(shown)}, std::move(id));
    return box.right();
}

float Canvas::text(FontRole font, Point at, Paint paint, std::string_view words, std::string id) {
    return set(font, at, {0, 0}, paint, words, std::move(id));
}

void Canvas::text_centred(FontRole font, Point centre, Paint paint, std::string_view words, std::string id) {
    set(font, centre, {0.5F, 0.5F}, paint, words, std::move(id));
}

void Canvas::text_to_right(FontRole font, Point at, Paint paint, std::string_view words, std::string id) {
    set(font, at, {1, 0.5F}, paint, words, std::move(id));
}

float Canvas::paragraph(FontRole font, Point at, float width, Paint paint, std::string_view words,
                        const std::string& id) {
    const std::string shown = drawable(type(), font, words);
    for (const std::string_view line : wrapped(type(), font, shown, width)) {
        text(font, at, paint, line, id);
        at.y += line_pitch(type(), font);
    }
    return at.y;
}

float Canvas::paragraph_height(FontRole font, float width, std::string_view words) const {
    return viz::paragraph_height(type(), font, width, words);
}

FontRole Canvas::largest(std::string_view words, float width, std::initializer_list<FontRole> fonts) const {
    const auto* fits = std::ranges::find_if(fonts, [&](FontRole font) { return this->width(font, words) <= width; });
    return fits == fonts.end() ? *(fonts.end() - 1) : *fits;
}

FontRole Canvas::digit_font(Rect cell) const {
    constexpr float cap_height = 0.55F; // of a font's height: JetBrains Mono
    using enum FontRole;
    for (const FontRole font : {figures_large, figures, figures_small}) {
        if (width(font, "0") <= 0.82F * cell.w && cap_height * height(font) <= 0.76F * cell.h) return font;
    }
    return figures_tiny;
}

void Canvas::small_figures_within(Point centre, float width, Paint paint, std::string_view words) {
    text_centred(largest(words, width, {FontRole::figures_small, FontRole::figures_tiny}), centre, paint, words);
}

void Canvas::add(shape::Form form, std::string id) { put({std::move(form), std::move(id)}); }

void Canvas::put(Shape shape) { picture_.shapes.push_back(std::move(shape)); }

void Canvas::box(Rect rect, Paint fill, Paint outline, float thickness, std::string id) {
    add(shape::Box{.rect = rect,
                   .fill = fill,
                   .outline = outline,
                   .thickness = thickness > 0 ? thickness : line(),
                   .rounding = std::min(0.2F * em(), 0.3F * rect.h)},
        std::move(id));
}

void Canvas::straight(Point from, Point to, Paint paint, float thickness, std::string id) {
    add(shape::Line{.from = from, .to = to, .paint = paint, .thickness = thickness}, std::move(id));
}

void Canvas::wire(Point from, Point to, Paint paint, float thickness, std::string id) {
    add(shape::Wire{.from = from, .to = to, .paint = paint, .thickness = thickness}, std::move(id));
}

void Canvas::triangle(Point a, Point b, Point c, Paint paint, std::string id) {
    add(shape::Triangle{.a = a, .b = b, .c = c, .paint = paint}, std::move(id));
}

void Canvas::circle(Point centre, float radius, Paint fill, Paint outline, float thickness, std::string id) {
    add(shape::Circle{.centre = centre, .radius = radius, .fill = fill, .outline = outline, .thickness = thickness},
        std::move(id));
}

void Canvas::arrow(Point from, Point to, Paint paint, float thickness, float length, float half) {
    straight(from, to, paint, thickness);
    const bool level = from.y == to.y;
    const float back = (level ? to.x > from.x : to.y > from.y) ? -length : length;
    for (const float side : {-half, half})
        straight(level ? Point{to.x + back, to.y + side} : Point{to.x + side, to.y + back}, to, paint, thickness);
}

void Canvas::cell(Rect rect, std::optional<unsigned> bit, Paint paint, shape::CellLook look, std::string id) {
    add(shape::Cell{.rect = rect,
                    .filled = bit.value_or(0) != 0,
                    .sign = bit ? (*bit != 0 ? '1' : '0') : '?',
                    .font = digit_font(rect),
                    .paint = paint,
                    .look = look},
        std::move(id));
}

Area& Canvas::area(std::string id, Rect rect) {
    Area& area = picture_.areas.emplace_back();
    area.id = std::move(id);
    area.rect = rect;
    return area;
}

Area& Canvas::wire_area(std::string id, Point from, Point to) {
    Area& area = picture_.areas.emplace_back();
    area.id = std::move(id);
    area.wire = true;
    area.from = from;
    area.to = to;
    return area;
}

} // namespace keyhole::viz
