// Closed outlines of lines and curves, as FreeType's rasteriser fills them: places are pixels, y downwards.
#pragma once

#include <vector>

#include "viz/base/geometry.hpp"

namespace keyhole::paper {

class Outline {
  public:
    void move(viz::Point to);
    void line(viz::Point to);
    void curve(viz::Point first, viz::Point second, viz::Point to);
    /// The contour that was begun by `move` is whole.
    void close();

    void box(viz::Rect rect, float rounding);
    void circle(viz::Point centre, float radius);
    /// A line of that thickness through these points.
    void stroke(const std::vector<viz::Point>& points, float thickness);

    struct Node {
        viz::Point at;
        bool control = false; // of a cubic curve
    };
    const std::vector<Node>& nodes() const { return nodes_; }
    const std::vector<std::size_t>& ends() const { return ends_; } // the last node of each contour

  private:
    std::vector<Node> nodes_;
    std::vector<std::size_t> ends_;
};

} // namespace keyhole::paper
