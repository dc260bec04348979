#include "viz/frame/number_view.hpp"

#include <algorithm>

namespace keyhole::viz {
namespace {

struct Run {
    std::string_view text;
    bool raised = false;
};

// A word of a formula as plain and raised runs: "5^{6}" is "5" and "6" raised.
template <class Visit>
void each_run(std::string_view word, Visit visit) {
    while (!word.empty()) {
        const std::size_t mark = word.find("^{");
        if (mark > 0) visit(Run{word.substr(0, mark), false});
        if (mark == std::string_view::npos) return;
        const std::size_t end = std::min(word.find('}', mark), word.size());
        visit(Run{word.substr(mark + 2, end - mark - 2), true});
        word.remove_prefix(std::min(end + 1, word.size()));
    }
}

const ImFont* raised_font(const ScreenCanvas& canvas, const ImFont* font) {
    const Fonts& fonts = canvas.fonts();
    return font == fonts.figures_large || font == fonts.title ? fonts.figures_small : fonts.figures_tiny;
}

float run_width(const ScreenCanvas& canvas, const ImFont* font, const Run& run) {
    return ScreenCanvas::size(run.raised ? raised_font(canvas, font) : font, run.text).x;
}

float draw_word(ScreenCanvas& canvas, const ImFont* font, ImVec2 at, ImU32 ink, std::string_view word) {
    each_run(word, [&](const Run& run) {
        const float y = run.raised ? at.y - 0.12F * font->FontSize : at.y;
        at.x = canvas.text(run.raised ? raised_font(canvas, font) : font, {at.x, y}, ink, run.text);
    });
    return at.x;
}

float word_width(const ScreenCanvas& canvas, const ImFont* font, std::string_view word) {
    float width = 0;
    each_run(word, [&](const Run& run) { width += run_width(canvas, font, run); });
    return width;
}

} // namespace

float screen_formula_width(const ScreenCanvas& canvas, const ImFont* font, std::string_view formula) {
    return word_width(canvas, font, formula);
}

float screen_formula(ScreenCanvas& canvas, const ImFont* font, ImVec2 at, float width, ImU32 ink,
                     std::string_view formula) {
    const float space = ScreenCanvas::size(font, " ").x;
    const float line = 1.3F * font->FontSize;
    float x = at.x;
    while (!formula.empty()) {
        const std::size_t end = std::min(formula.find(' '), formula.size());
        std::string_view word = formula.substr(0, end);
        formula.remove_prefix(std::min(end + 1, formula.size()));
        if (x > at.x && x + word_width(canvas, font, word) > at.x + width) {
            x = at.x;
            at.y += line;
        }
        if (word_width(canvas, font, word) > width) {
            // One number longer than the line: broken between digits.
            at.y = canvas.paragraph(font, {x, at.y}, width, ink, word) - line;
            x = at.x + width;
            continue;
        }
        x = draw_word(canvas, font, {x, at.y}, ink, word) + space;
    }
    return at.y + line;
}

} // namespace keyhole::viz
