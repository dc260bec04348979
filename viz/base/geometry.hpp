// Places and rooms on the screen, in pixels; y grows downwards.
#pragma once

namespace keyhole::viz {

struct Point {
    float x = 0, y = 0;

    bool operator==(const Point&) const = default;
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    static Rect between(Point from, Point to) { return {from.x, from.y, to.x - from.x, to.y - from.y}; }

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    Point corner() const { return {x, y}; }
    Point far_corner() const { return {right(), bottom()}; }
    Point centre() const { return {x + w / 2, y + h / 2}; }
    /// Its upper and left edge belong to it, the others do not.
    bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
    /// Larger by `by` on all four sides.
    Rect grown(float by) const { return {x - by, y - by, w + 2 * by, h + 2 * by}; }

    bool operator==(const Rect&) const = default;
};

} // namespace keyhole::viz
