// What a painter of paper has to draw: shapes without cells, in the look of the theme. A cell becomes a box, a digit
// and its marks; on paper what would be filled is framed. SVG and PNG both draw these.
#pragma once

#include <functional>

#include "viz/picture/picture.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::paper {

/// A shape without cells.
struct Plain {
    viz::shape::Form form;
    bool one = false; // the filled box of a bit that is 1, which a page's own style may frame instead
};

/// Hands the parts of `shape` to `take`, in the order of drawing.
void each_plain(const viz::Shape& shape, const viz::Theme& theme, const viz::Typeface& type,
                const std::function<void(const Plain&)>& take);

} // namespace keyhole::paper
