#include "viz/number_view.hpp"

#include <fmt/format.h>

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

const ImFont* raised_font(const Canvas& canvas, const ImFont* font) {
    const Fonts& fonts = canvas.fonts();
    return font == fonts.figures_large || font == fonts.title ? fonts.figures_small : fonts.figures_tiny;
}

float run_width(const Canvas& canvas, const ImFont* font, const Run& run) {
    return Canvas::size(run.raised ? raised_font(canvas, font) : font, run.text).x;
}

float draw_word(Canvas& canvas, const ImFont* font, ImVec2 at, ImU32 ink, std::string_view word) {
    each_run(word, [&](const Run& run) {
        const float y = run.raised ? at.y - 0.12F * font->FontSize : at.y;
        at.x = canvas.text(run.raised ? raised_font(canvas, font) : font, {at.x, y}, ink, run.text);
    });
    return at.x;
}

float word_width(const Canvas& canvas, const ImFont* font, std::string_view word) {
    float width = 0;
    each_run(word, [&](const Run& run) { width += run_width(canvas, font, run); });
    return width;
}

float digit_width(const ImFont* font) { return Canvas::size(font, "0").x; }
float group_pitch(const ImFont* font) { return 8.9F * digit_width(font); }

std::size_t groups_in_row(const ImFont* font, float width) {
    const float gap = 0.9F * digit_width(font);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (width + gap) / group_pitch(font)));
    // Four, eight or sixteen in a row can be counted at a glance.
    for (const std::size_t round : {16U, 8U, 4U}) {
        if (fit >= round && fit < round + round / 2) return round;
    }
    return fit;
}

} // namespace

float formula_width(const Canvas& canvas, const ImFont* font, std::string_view formula) {
    return word_width(canvas, font, formula);
}

float draw_formula(Canvas& canvas, const ImFont* font, ImVec2 at, float width, ImU32 ink, std::string_view formula) {
    const float space = Canvas::size(font, " ").x;
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

float group_line(const ImFont* font) { return 1.28F * font->FontSize; }

std::size_t group_rows(const ImFont* font, std::size_t count, float width) {
    const std::size_t row = groups_in_row(font, width);
    return (count + row - 1) / row;
}

GroupsDrawn draw_groups(Canvas& canvas, const GroupStyle& style, ImVec2 at, float width,
                        const std::vector<std::string>& groups, const std::vector<bool>& changed) {
    const Theme& theme = canvas.theme();
    const std::size_t in_row = groups_in_row(style.font, width);
    const std::size_t rows = (groups.size() + in_row - 1) / in_row;
    const std::size_t most = std::max<std::size_t>(style.most_rows, 3);
    const bool folds = rows > most;
    const bool folded = folds && !style.unfolded;
    const float line = group_line(style.font);
    GroupsDrawn out{.foot = at.y};
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t hidden = rows - most + 1;
        if (folded && row == most - 2) {
            const std::size_t from = row * in_row, to = std::min((row + hidden) * in_row, groups.size());
            const auto differ = std::count(changed.begin() + static_cast<std::ptrdiff_t>(changed.empty() ? 0 : from),
                                           changed.begin() + static_cast<std::ptrdiff_t>(changed.empty() ? 0 : to), true);
            std::string words = fmt::format("\u2026 {} more groups", to - from);
            if (!changed.empty()) words += fmt::format(", {} of them changed", differ);
            words += ": click to unfold";
            if (Canvas::size(canvas.fonts().small, words).x > width)
                words = fmt::format("\u2026 {} more groups", to - from);
            const ImVec2 end{at.x + width, out.foot + line};
            const bool hovered = canvas.hovered({at.x, out.foot}, end);
            out.fold_clicked = canvas.clicked({at.x, out.foot}, end);
            canvas.text(canvas.fonts().small, {at.x, out.foot}, hovered ? theme.current : theme.muted, words);
            out.foot += line;
            row += hidden - 1;
            continue;
        }
        for (std::size_t i = row * in_row; i < std::min((row + 1) * in_row, groups.size()); ++i) {
            const float x = at.x + group_pitch(style.font) * static_cast<float>(i % in_row);
            const bool differs = changed.empty() || changed[i];
            const float end = canvas.text(style.font, {x, out.foot}, differs ? theme.text : theme.faint, groups[i]);
            if (changed.empty() || !differs) continue;
            const float under = out.foot + 1.08F * style.font->FontSize;
            canvas.straight({x, under}, {end, under}, theme.current, 1.5F * canvas.line());
        }
        out.foot += line;
    }
    if (folds && style.unfolded) {
        const ImVec2 end{at.x + width, out.foot + line};
        out.fold_clicked = canvas.clicked({at.x, out.foot}, end);
        canvas.text(canvas.fonts().small, {at.x, out.foot},
                    canvas.hovered({at.x, out.foot}, end) ? theme.current : theme.muted, "click to fold");
        out.foot += line;
    }
    return out;
}

void finish_stage(View& view, ImVec2 origin, float foot, float from, float to) {
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({1, foot - origin.y});
    if (!view.moved) return;
    const float em = view.fonts.em;
    const float seen_from = ImGui::GetWindowPos().y, seen_to = seen_from + ImGui::GetWindowHeight();
    if (from < seen_from)
        ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() - (seen_from - from) - em));
    else if (to > seen_to)
        ImGui::SetScrollY(ImGui::GetScrollY() + std::min(to - seen_to + em, from - seen_from - em));
}

} // namespace keyhole::viz
