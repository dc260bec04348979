// The stage of a step as a figure: the very picture that the window shows, in a room of fixed size, for slides, pages
// and lessons. A wider figure is the same one, larger.
#pragma once

#include <optional>
#include <string>

#include "core/steps/trace.hpp"
#include "paper/type/paper_type.hpp"
#include "viz/picture/picture.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::paper {

struct Figure {
    viz::Picture picture;
    viz::Rect frame; // what of it is shown: the stage with a margin
};

/// print (where none is named), light, dark or projector. Throws Error (bad_input).
const viz::Theme& figure_theme(const std::optional<std::string>& name);

/// The fonts in which figures of that theme are laid out. Throws Error (io) where a font is missing.
PaperType figure_type(const viz::Theme& theme, Lacking lacking);

/// The stage of a step. The chain shows the block that the step lies in, or the first.
Figure make_figure(const Trace& trace, const Step& step, const viz::Theme& theme, const PaperType& type);

/// The figure as an SVG document, `width` pixels wide; its title is the step's, its description the step's words.
std::string figure_svg(const Figure& figure, const Step& step, unsigned width, const viz::Theme& theme,
                       const PaperType& type);

} // namespace keyhole::paper
