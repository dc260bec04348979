#include "paper/raster/outline.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::paper {
namespace {

using viz::Point;

constexpr float arc = 0.5522847F; // where the control points of a quarter circle lie, in radii

} // namespace

void Outline::move(Point to) { nodes_.push_back({to, false}); }
void Outline::line(Point to) { nodes_.push_back({to, false}); }
void Outline::curve(Point first, Point second, Point to) {
    nodes_.insert(nodes_.end(), {{first, true}, {second, true}, {to, false}});
}
void Outline::close() { ends_.push_back(nodes_.size() - 1); }

void Outline::box(viz::Rect r, float rounding) {
    const float round = std::clamp(rounding, 0.0F, std::min(r.w, r.h) / 2), k = round * (1 - arc);
    const float x = r.x, y = r.y, to_x = r.right(), to_y = r.bottom();
    if (round <= 0) {
        move({x, y});
        line({to_x, y});
        line({to_x, to_y});
        line({x, to_y});
        return close();
    }
    move({x + round, y});
    line({to_x - round, y});
    curve({to_x - k, y}, {to_x, y + k}, {to_x, y + round});
    line({to_x, to_y - round});
    curve({to_x, to_y - k}, {to_x - k, to_y}, {to_x - round, to_y});
    line({x + round, to_y});
    curve({x + k, to_y}, {x, to_y - k}, {x, to_y - round});
    line({x, y + round});
    curve({x, y + k}, {x + k, y}, {x + round, y});
    close();
}

void Outline::circle(Point centre, float radius) {
    box({centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, radius);
}

void Outline::stroke(const std::vector<Point>& points, float thickness) {
    std::vector<Point> one, other;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point before = points[i > 0 ? i - 1 : 0], after = points[std::min(i + 1, points.size() - 1)];
        const float x = after.x - before.x, y = after.y - before.y, length = std::hypot(x, y);
        if (length <= 0) continue;
        const Point aside{-y / length * thickness / 2, x / length * thickness / 2};
        one.push_back({points[i].x + aside.x, points[i].y + aside.y});
        other.push_back({points[i].x - aside.x, points[i].y - aside.y});
    }
    if (one.empty()) return;
    one.insert(one.end(), other.rbegin(), other.rend());
    move(one.front());
    for (std::size_t i = 1; i < one.size(); ++i) line(one[i]);
    close();
}

} // namespace keyhole::paper
