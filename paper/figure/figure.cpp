#include "paper/figure/figure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/choice.hpp"
#include "core/base/resources.hpp"
#include "paper/svg/svg.hpp"
#include "viz/picture/canvas.hpp"
#include "viz/picture/print_theme.hpp"
#include "viz/stages/stages.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

// As the stage's panel in a window of 1600 x 900, pixels at scale 1.
constexpr float text_height = 18;
constexpr Rect room = {18, 18, 1064, 700};
constexpr float margin = 18;

} // namespace

const Theme& figure_theme(const std::optional<std::string>& name) {
    const std::array<const Theme*, 4> themes = {&print_theme(), &theme(ThemeName::light), &theme(ThemeName::dark),
                                                &theme(ThemeName::projector)};
    if (!name) return *themes.front();
    std::array<std::string_view, themes.size()> names;
    std::ranges::transform(themes, names.begin(), &Theme::name);
    const auto* found = std::ranges::find_if(names, [&](std::string_view known) { return same_word(known, *name); });
    if (found == names.end()) throw unknown_word("--theme", *name, names);
    return *themes[static_cast<std::size_t>(found - names.begin())];
}

PaperType figure_type(const Theme& theme, Lacking lacking) {
    return PaperType(resources::font_dir(), text_height * theme.text_factor, lacking);
}

Figure make_figure(const Trace& trace, const Step& step, const Theme& theme, const PaperType& type) {
    StageState state;
    if (step.node.within(Kind::block))
        state.last_block[step.node.number(Kind::message)] = step.node.number(Kind::block);
    Figure figure;
    figure.picture =
        stage(stage_of(step.node))
            .make({.trace = trace, .step = step, .style = {theme, type}, .room = room, .state = state, .moved = true});
    // The stage ends where its last shape does; what a low stage leaves empty is cut off.
    float foot = 0;
    for (const Shape& shape : figure.picture.shapes) foot = std::max(foot, extent(shape).bottom());
    if (!step.mark.empty()) {
        Canvas canvas({theme, type}, figure.picture);
        foot =
            canvas.paragraph(FontRole::text, {room.x, foot + canvas.em() / 2}, room.w, Ink::error, step.mark, "mark");
    }
    figure.frame = {room.x - margin, room.y - margin, room.w + 2 * margin, foot - room.y + 2 * margin};
    return figure;
}

std::string figure_svg(const Figure& figure, const Step& step, unsigned width, const Theme& theme,
                       const PaperType& type) {
    return svg_document(figure.picture,
                        {.frame = figure.frame,
                         .width = width,
                         .title = fmt::format("{} ({})", step.title, step.address),
                         .words = step.explanation},
                        theme, type);
}

} // namespace keyhole::paper
