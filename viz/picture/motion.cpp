#include "viz/picture/motion.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace keyhole::viz {
namespace {

// Slow at both ends.
float eased(float share) { return share * share * (3 - 2 * share); }

float between(float a, float b, float share) { return a + (b - a) * share; }
Point between(Point a, Point b, float share) { return {between(a.x, b.x, share), between(a.y, b.y, share)}; }
Rect between(const Rect& a, const Rect& b, float share) {
    return {between(a.x, b.x, share), between(a.y, b.y, share), between(a.w, b.w, share), between(a.h, b.h, share)};
}

using Places = std::unordered_map<std::string_view, const Shape*>;

Places places_of(const Picture& picture) {
    Places out;
    for (const Shape& shape : picture.shapes) {
        if (!shape.id.empty()) out.emplace(shape.id, &shape);
    }
    return out;
}

void move(shape::Text& now, const shape::Text& before, float share) {
    const Point at = between(before.box.corner(), now.box.corner(), share);
    now.box.x = at.x;
    now.box.y = at.y;
}
void move(shape::Box& now, const shape::Box& before, float share) { now.rect = between(before.rect, now.rect, share); }
void move(shape::Circle& now, const shape::Circle& before, float share) {
    now.centre = between(before.centre, now.centre, share);
}
void move(shape::Line& now, const shape::Line& before, float share) {
    now.from = between(before.from, now.from, share);
    now.to = between(before.to, now.to, share);
}
void move(shape::Wire& now, const shape::Wire& before, float share) {
    now.from = between(before.from, now.from, share);
    now.to = between(before.to, now.to, share);
}
void move(shape::Triangle&, const shape::Triangle&, float) {}
void move(shape::Cell& now, const shape::Cell& before, float share) {
    now.rect = between(before.rect, now.rect, share);
}

void appear(Paint& paint, float share) { paint = faded(paint, share); }
void appear(shape::Text& text, float share) { appear(text.paint, share); }
void appear(shape::Box& box, float share) {
    appear(box.fill, share);
    appear(box.outline, share);
}
void appear(shape::Circle& circle, float share) {
    appear(circle.fill, share);
    appear(circle.outline, share);
}
void appear(shape::Line& line, float share) { appear(line.paint, share); }
void appear(shape::Wire& wire, float share) { appear(wire.paint, share); }
void appear(shape::Triangle& triangle, float share) { appear(triangle.paint, share); }
void appear(shape::Cell& cell, float share) { appear(cell.paint, share); }

// What has no id stands still: it cannot be told whether it is new.
void put_on_its_way(Shape& shape, const Places& before, float share) {
    if (shape.id.empty()) return;
    const auto found = before.find(shape.id);
    std::visit(
        [&](auto& form) {
            using Form = std::decay_t<decltype(form)>;
            const Form* old = found == before.end() ? nullptr : std::get_if<Form>(&found->second->form);
            if (old != nullptr) {
                move(form, *old, share);
            } else {
                appear(form, share);
            }
        },
        shape.form);
}

} // namespace

Picture moved_picture(const Picture& before, const Picture& now, float share) {
    if (share >= 1) return now;
    Picture out = now;
    const Places places = places_of(before);
    const float way = eased(std::max(share, 0.0F));
    for (Shape& shape : out.shapes) put_on_its_way(shape, places, way);
    for (const Flight& flight : now.flights) {
        shape::Cell cell = flight.cell;
        cell.rect = between(flight.from, flight.cell.rect, way);
        out.shapes.push_back({cell, {}});
    }
    return out;
}

bool can_move(const Picture& before, const Picture& now) {
    if (!now.flights.empty()) return true;
    const Places places = places_of(before);
    return std::ranges::any_of(now.shapes,
                               [&](const Shape& shape) { return !shape.id.empty() && places.contains(shape.id); });
}

} // namespace keyhole::viz
