// A step as a piece of a class's page: heading, figure, words and values, of which those that somebody is asked for are
// left out until they are revealed.
#pragma once

#include <string>

#include "core/steps/trace.hpp"
#include "paper/page/step_html.hpp"
#include "paper/type/paper_type.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::paper {

class ClassPaper {
  public:
    /// Throws Error (io) where a font is missing.
    ClassPaper();

    /// HTML; the figure is SVG in it, and neither it nor the words are there where a value is hidden.
    std::string step(const Trace& trace, const Node& node, const HiddenValue& hidden) const;
    /// The style sheet of such pieces, with the fonts of figures inside.
    std::string style() const;

  private:
    const viz::Theme& theme_;
    PaperType type_;
};

} // namespace keyhole::paper
