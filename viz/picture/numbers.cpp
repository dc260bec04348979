#include "viz/picture/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"

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

FontRole font_of(const Run& run, FontRole font) {
    if (!run.raised) return font;
    if (font == FontRole::hero) return FontRole::figures_large;
    return font == FontRole::figures_large || font == FontRole::title ? FontRole::figures_small
                                                                      : FontRole::figures_tiny;
}

void draw_word(Canvas& canvas, FontRole font, Point at, Paint paint, std::string_view word) {
    each_run(word, [&](const Run& run) {
        const float y = run.raised ? at.y - 0.12F * canvas.height(font) : at.y;
        at.x = canvas.text(font_of(run, font), {at.x, y}, paint, run.text);
    });
}

// Visits each word with its place, counted from the formula's corner, and says whether it has to be broken. Returns how
// high all of it is.
template <class Visit>
float each_word(const Canvas& canvas, FontRole font, float width, std::string_view formula, Visit visit) {
    const float space = canvas.width(font, " "), line = line_pitch(canvas.type(), font);
    Point at;
    while (!formula.empty()) {
        const std::size_t end = std::min(formula.find(' '), formula.size());
        const std::string_view word = formula.substr(0, end);
        formula.remove_prefix(std::min(end + 1, formula.size()));
        const float wide = formula_width(canvas, font, word);
        if (at.x > 0 && at.x + wide > width) at = {0, at.y + line};
        // One number longer than the line is broken between digits.
        const bool broken = wide > width;
        visit(word, at, broken);
        if (broken) at.y += canvas.paragraph_height(font, width, word) - line;
        at.x = broken ? width : at.x + wide + space;
    }
    return at.y + line;
}

float digit_width(const Canvas& canvas, FontRole font) { return canvas.width(font, "0"); }
float group_pitch(const Canvas& canvas, FontRole font) { return 8.9F * digit_width(canvas, font); }

std::size_t groups_in_row(const Canvas& canvas, FontRole font, float width) {
    const float gap = 0.9F * digit_width(canvas, font);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (width + gap) / group_pitch(canvas, font)));
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

class Groups {
  public:
    Groups(Canvas& canvas, const GroupStyle& style, Point at, float width, const std::vector<std::string>& groups,
           const std::vector<bool>& changed)
        : canvas_(canvas), style_(style), at_(at), width_(width), groups_(groups), changed_(changed) {}

    float draw(bool unfolded) {
        const std::size_t zeros = zeros_in_front(groups_);
        if (zeros > 0) say(fmt::format("{} of zeros in front", counted(zeros, "group")), {});
        const std::size_t in_row = groups_in_row(canvas_, style_.font, width_);
        const std::size_t rows = (groups_.size() - zeros + in_row - 1) / in_row;
        const std::size_t most = std::max<std::size_t>(style_.most_rows, 3);
        const std::size_t hidden = rows > most ? rows - most + 1 : 0; // rows that are folded
        for (std::size_t row = 0; row < rows; ++row) {
            const std::size_t first = zeros + row * in_row;
            if (hidden > 0 && !unfolded && row == most - 2) {
                fold_line(fold_words(changed_, first, first + hidden * in_row));
                row += hidden - 1;
                continue;
            }
            draw_row(first, std::min(first + in_row, groups_.size()));
        }
        if (hidden > 0 && unfolded) fold_line("click to fold");
        return at_.y;
    }

  private:
    float line() const { return group_line(canvas_, style_.font); }

    // Words in place of groups.
    void say(std::string_view words, std::string id) {
        const float foot = canvas_.paragraph(FontRole::small, at_, width_, Ink::muted, words, std::move(id));
        at_.y = std::max(foot, at_.y + line());
    }

    void fold_line(std::string_view words) {
        const std::string id = style_.id + ".fold";
        canvas_.area(id, {at_.x, at_.y, width_, line()}).toggle = style_.toggle;
        say(words, id);
    }

    void draw_row(std::size_t first, std::size_t end) {
        const float pitch = group_pitch(canvas_, style_.font), digit = digit_width(canvas_, style_.font);
        for (std::size_t i = first; i < end; ++i) {
            // A short first group stands above the ends of the others.
            const auto missing = static_cast<float>(8 - std::min<std::size_t>(groups_[i].size(), 8));
            const float x = at_.x + pitch * static_cast<float>(i - first) + missing * digit;
            const bool differs = changed_.empty() || changed_[i];
            const float right = canvas_.text(style_.font, {x, at_.y}, differs ? Ink::text : Ink::faint, groups_[i],
                                             fmt::format("{}.group.{}", style_.id, i + 1));
            if (changed_.empty() || !differs) continue;
            const float under = at_.y + 1.08F * canvas_.height(style_.font);
            canvas_.straight({x, under}, {right, under}, Ink::current, 1.5F * canvas_.line());
        }
        at_.y += line();
    }

    Canvas& canvas_;
    const GroupStyle& style_;
    Point at_; // the corner of the next row
    float width_;
    const std::vector<std::string>& groups_;
    const std::vector<bool>& changed_;
};

} // namespace

float draw_formula(Canvas& canvas, FontRole font, Point at, float width, Paint paint, std::string_view formula) {
    return at.y + each_word(canvas, font, width, formula, [&](std::string_view word, Point place, bool broken) {
               const Point corner{at.x + place.x, at.y + place.y};
               if (broken) {
                   canvas.paragraph(font, corner, width, paint, word);
               } else {
                   draw_word(canvas, font, corner, paint, word);
               }
           });
}

float formula_height(const Canvas& canvas, FontRole font, float width, std::string_view formula) {
    return each_word(canvas, font, width, formula, [](std::string_view, Point, bool) {});
}

float formula_width(const Canvas& canvas, FontRole font, std::string_view formula) {
    float width = 0;
    each_run(formula, [&](const Run& run) { width += canvas.width(font_of(run, font), run.text); });
    return width;
}

float group_line(const Canvas& canvas, FontRole font) { return 1.28F * canvas.height(font); }

float draw_groups(Canvas& canvas, const StageState& state, const GroupStyle& style, Point at, float width,
                  const std::vector<std::string>& groups, const std::vector<bool>& changed) {
    return Groups(canvas, style, at, width, groups, changed).draw(state.on(style.toggle));
}

} // namespace keyhole::viz
