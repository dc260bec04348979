#include "viz/frame/number_view.hpp"

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

float digit_width(const ImFont* font) { return ScreenCanvas::size(font, "0").x; }
float group_pitch(const ImFont* font) { return 8.9F * digit_width(font); }

std::size_t groups_in_row(const ImFont* font, float width) {
    const float gap = 0.9F * digit_width(font);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (width + gap) / group_pitch(font)));
    // Four, eight, twelve or sixteen in a row can be counted.
    return fit >= 4 ? std::min<std::size_t>(fit / 4 * 4, 16) : fit;
}

// One group of them says nothing that the digits do not.
std::size_t zeros_in_front(const std::vector<std::string>& groups) {
    const auto first = std::ranges::find_if(
        groups, [](const std::string& group) { return group.find_first_not_of('0') != std::string::npos; });
    const auto zeros = static_cast<std::size_t>(first - groups.begin());
    return zeros < 2 ? 0 : std::min(zeros, groups.size() - 1);
}

std::string fold_words(const std::vector<bool>& changed, std::size_t first, std::size_t end) {
    std::string words = fmt::format("\u2026 {} more groups", end - first);
    if (!changed.empty()) {
        const auto from = changed.begin() + static_cast<std::ptrdiff_t>(first);
        const auto differ =
            static_cast<std::size_t>(std::count(from, from + static_cast<std::ptrdiff_t>(end - first), true));
        words += differ == end - first ? ", all changed" : fmt::format(", {} of them changed", differ);
    }
    return words + ": click to unfold";
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

float screen_group_line(const ImFont* font) { return 1.28F * font->FontSize; }

ScreenGroupsDrawn screen_groups(ScreenCanvas& canvas, const ScreenGroupStyle& style, ImVec2 at, float width,
                                const std::vector<std::string>& groups, const std::vector<bool>& changed) {
    const Theme& theme = canvas.theme();
    const float line = screen_group_line(style.font);
    ScreenGroupsDrawn out{.foot = at.y};
    // A line of words in place of groups; where it can be clicked it lights up.
    const auto say = [&](const std::string& words, bool folds) {
        const ImVec2 end{at.x + width, out.foot + line};
        const bool hovered = folds && canvas.hovered({at.x, out.foot}, end);
        if (folds && canvas.clicked({at.x, out.foot}, end)) out.fold_clicked = true;
        const ImFont* font = canvas.fonts().small;
        out.foot =
            std::max(canvas.paragraph(font, {at.x, out.foot}, width, hovered ? theme.current : theme.muted, words),
                     out.foot + line);
    };
    const std::size_t zeros = zeros_in_front(groups);
    if (zeros > 0) say(fmt::format("{} of zeros in front", counted(zeros, "group")), false);
    const std::size_t in_row = groups_in_row(style.font, width);
    const std::size_t rows = (groups.size() - zeros + in_row - 1) / in_row;
    const std::size_t most = std::max<std::size_t>(style.most_rows, 3);
    const std::size_t hidden = rows > most ? rows - most + 1 : 0; // rows that are folded
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t first = zeros + row * in_row;
        if (hidden > 0 && !style.unfolded && row == most - 2) {
            const std::size_t end = first + hidden * in_row;
            say(fold_words(changed, first, end), true);
            row += hidden - 1;
            continue;
        }
        for (std::size_t i = first; i < std::min(first + in_row, groups.size()); ++i) {
            // A short first group stands above the ends of the others.
            const auto missing = static_cast<float>(8 - std::min<std::size_t>(groups[i].size(), 8));
            const float x =
                at.x + group_pitch(style.font) * static_cast<float>(i - first) + missing * digit_width(style.font);
            const bool differs = changed.empty() || changed[i];
            const float end = canvas.text(style.font, {x, out.foot}, differs ? theme.text : theme.faint, groups[i]);
            if (changed.empty() || !differs) continue;
            const float under = out.foot + 1.08F * style.font->FontSize;
            canvas.straight({x, under}, {end, under}, theme.current, 1.5F * canvas.line());
        }
        out.foot += line;
    }
    if (hidden > 0 && style.unfolded) say("click to fold", true);
    return out;
}

void finish_stage(FrameContext& context, ImVec2 origin, float foot, float from, float to) {
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({1, foot - origin.y});
    if (!context.moved) return;
    const float em = context.fonts.em;
    const float seen_from = ImGui::GetWindowPos().y, seen_to = seen_from + ImGui::GetWindowHeight();
    if (from < seen_from)
        ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() - (seen_from - from) - em));
    else if (to > seen_to)
        ImGui::SetScrollY(ImGui::GetScrollY() + std::min(to - seen_to + em, from - seen_from - em));
}

} // namespace keyhole::viz
