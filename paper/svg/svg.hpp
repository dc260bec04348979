// A picture as an SVG document that stands alone: text is text, the fonts lie inside, the parts have their names.
#pragma once

#include <string>

#include "paper/type/paper_type.hpp"
#include "viz/picture/picture.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::paper {

struct SvgPage {
    viz::Rect frame;    // what is seen of the picture, in its pixels
    unsigned width = 0; // pixels that the drawing wants to be wide
    std::string title;  // for screen readers and tooltips
    std::string words;  // what is to be seen, in a paragraph
};

/// The drawing, laid out with `type`, in the theme's colours. Shapes that have a name have it as their id; of several
/// of one name the first.
std::string svg_document(const viz::Picture& picture, const SvgPage& page, const viz::Theme& theme,
                         const PaperType& type);

/// A name of a picture's part as an id: signs that XML does not take there become underscores.
std::string svg_id(std::string_view name);

} // namespace keyhole::paper
