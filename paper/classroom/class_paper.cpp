#include "paper/classroom/class_paper.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/markup.hpp"
#include "paper/figure/figure.hpp"
#include "paper/page/embedded.hpp"
#include "paper/page/film.hpp"
#include "paper/page/page_style.hpp"
#include "paper/svg/font_faces.hpp"

namespace keyhole::paper {

ClassPaper::ClassPaper()
    : theme_(viz::theme(viz::ThemeName::light)), type_(figure_type(theme_, Lacking::left_to_shower)) {}

std::string ClassPaper::step(const Trace& trace, const Node& node, const HiddenValue& hidden) const {
    const Step step = trace.step(node);
    std::string html = step_html(step, hidden);
    if (hides(step, hidden)) return html;
    const Figure figure = make_figure(trace, step, theme_, type_);
    Film film(type_, theme_); // of one figure: a film keeps all that it was ever given
    const std::string svg = film.svg(film.still(figure.picture, figure.frame), "Figure: " + step.title);
    // Behind the words; the table is the longest.
    return html.insert(std::min(html.find("<table>"), html.size()), fmt::format("<figure>{}</figure>\n", svg));
}

std::string ClassPaper::style() const {
    FontFaces fonts(type_);
    std::string letters = "“”‘’·⊕→≡–—×≠≤≥…₀₁₂₃₄₅₆₇₈₉";
    for (char c = ' '; c < '\x7F'; ++c) letters += c;
    for (const viz::FontRole role : {viz::FontRole::text, viz::FontRole::figures}) fonts.note(role, letters);
    return fonts.rules() + theme_rules() + std::string(page_style());
}

} // namespace keyhole::paper
