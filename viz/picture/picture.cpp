#include "viz/picture/picture.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

Rect around(Point a, Point b) {
    const auto [left, right] = std::minmax(a.x, b.x);
    const auto [top, foot] = std::minmax(a.y, b.y);
    return {left, top, right - left, foot - top};
}

// Whether the point is near enough to the curve to mean it.
bool on_wire(const Area& area, Point point, float em) {
    const float near = 0.22F * em;
    const Point from = area.from, to = area.to;
    const auto [left, right] = std::minmax(from.x, to.x);
    if (!Rect{left - near, from.y, right - left + 2 * near, to.y - from.y}.contains(point)) return false;
    const float bend = wire_bend(from, to);
    constexpr int samples = 64;
    for (int i = 0; i <= samples; ++i) {
        const float t = static_cast<float>(i) / samples, s = 1 - t;
        const float head = s * s * (s + 3 * t), tail = t * t * (t + 3 * s);
        const float y = s * s * (s * from.y + 3 * t * (from.y + bend)) + t * t * (t * to.y + 3 * s * (to.y - bend));
        if (std::hypot(head * from.x + tail * to.x - point.x, y - point.y) <= near) return true;
    }
    return false;
}

struct Extent {
    Rect operator()(const shape::Text& s) const { return s.box; }
    Rect operator()(const shape::Box& s) const { return s.rect; }
    Rect operator()(const shape::Circle& s) const { return Rect{s.centre.x, s.centre.y, 0, 0}.grown(s.radius); }
    Rect operator()(const shape::Line& s) const { return around(s.from, s.to); }
    Rect operator()(const shape::Wire& s) const { return around(s.from, s.to); }
    Rect operator()(const shape::Cell& s) const { return s.rect; }
    Rect operator()(const shape::Triangle& s) const {
        const auto [left, right] = std::minmax({s.a.x, s.b.x, s.c.x});
        const auto [top, foot] = std::minmax({s.a.y, s.b.y, s.c.y});
        return {left, top, right - left, foot - top};
    }
};

} // namespace

float wire_bend(Point from, Point to) { return 0.55F * (to.y - from.y); }

std::size_t letters(std::string_view words) {
    return words.size() - static_cast<std::size_t>(std::ranges::count(words, ' '));
}

Rect extent(const Shape& shape) { return std::visit(Extent{}, shape.form); }

const Area* Picture::at(Point point, float em) const {
    const auto topmost = std::find_if(areas.rbegin(), areas.rend(), [&](const Area& area) {
        return area.wire ? on_wire(area, point, em) : area.rect.contains(point);
    });
    return topmost == areas.rend() ? nullptr : &*topmost;
}

const Shape* Picture::find(std::string_view id) const {
    const auto found = std::ranges::find(shapes, id, &Shape::id);
    return found == shapes.end() ? nullptr : &*found;
}

} // namespace keyhole::viz
