#include "viz/stages/handshake/parameters_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "core/steps/step_kinds.hpp"
#include "viz/picture/column.hpp"
#include "viz/picture/numbers.hpp"
#include "viz/stages/handshake/parameters_model.hpp"

namespace keyhole::viz {
namespace {

// Font Awesome: check, times, warning triangle; a dot for what was not reached.
std::string_view sign(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed: return "\uf00c";
        case Verdict::failed: return "\uf00d";
        case Verdict::doubted:
        case Verdict::unknown:
        case Verdict::remark: return "\uf071";
        case Verdict::not_reached: break;
    }
    return "\u00B7";
}

Ink ink_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed: return Ink::text;
        case Verdict::failed:
        case Verdict::doubted:
        case Verdict::unknown:
        case Verdict::remark: return Ink::error;
        case Verdict::not_reached: break;
    }
    return Ink::faint;
}

class ParametersPicture : Column {
  public:
    ParametersPicture(const StageInput& input, const ParametersModel& model, Canvas& canvas)
        : Column(canvas, input.room), input_(input), m_(model) {}

    void draw() {
        paragraph(FontRole::title, Ink::text, title(input_.step.node));
        paragraph(FontRole::text, Ink::muted, m_.story);
        y_ += 0.4F * em_;
        numbers();
        checks();
        verdict();
        powers();
        canvas_.picture().foot = y_;
        canvas_.picture().work_from = canvas_.picture().work_to = input_.room.y;
    }

  private:
    // A letter at the left, its number at the right of it in as many rows as it needs.
    void number(const std::string& letter, const NumberText& text, std::string_view words, float room) {
        const float top = y_;
        const float x = x_ + 2.2F * em_, width = width_ - 2.6F * em_;
        canvas_.text_centred(FontRole::title, {x_ + 1.1F * em_, y_ + 0.85F * em_}, Ink::text, letter);
        y_ = canvas_.paragraph(FontRole::small, {x, y_ + 0.2F * em_}, width, Ink::muted, words);
        if (text.in_hex()) {
            const FontRole font = width_ > 34 * em_ ? FontRole::figures_small : FontRole::figures_tiny;
            const auto most = static_cast<std::size_t>(std::max(3.0F, room / group_line(canvas_, font)));
            const GroupStyle style{.id = letter, .font = font, .most_rows = most, .toggle = "unfold " + letter};
            y_ = draw_groups(canvas_, input_.state, style, {x, y_}, width, text.groups) + 0.2F * em_;
        } else {
            const FontRole font = canvas_.largest(text.decimal, width, {FontRole::figures_large, FontRole::figures});
            y_ = canvas_.paragraph(font, {x, y_ - 0.1F * em_}, width, Ink::text, text.decimal, letter);
        }
        const float edge = x_ + 0.1F * em_;
        canvas_.straight({edge, top}, {edge, y_}, Ink::plain, 2 * canvas_.line());
        y_ += 0.5F * em_;
    }

    void numbers() {
        // What the checks and the powers below need; the prime takes the rest.
        const float below = 1.5F * em_ * static_cast<float>(m_.checks.size()) + 8 * em_;
        number("p", m_.p, fmt::format("prime modulus, {}: {}, {}", counted(m_.p.bits, "bit"), m_.group, m_.source),
               end_ - y_ - below);
        number("g", m_.g, "generator: its powers are the public keys", end_ - y_ - below);
        y_ -= 0.1F * em_;
        paragraph(FontRole::small, Ink::muted, m_.settings);
        y_ += 0.5F * em_;
    }

    float word_x() const { return x_ + 1.9F * em_; }

    void checks() {
        const float question_x = word_x() + canvas_.width(FontRole::text, word(Verdict::not_reached)) + 0.7F * em_;
        float finding_x = question_x;
        for (const CheckRow& row : m_.checks)
            finding_x = std::max(finding_x, question_x + canvas_.width(FontRole::text, row.question) + 1.2F * em_);
        const bool below = finding_x + 14 * em_ > right(); // the finding on a line of its own
        for (std::size_t i = 0; i < m_.checks.size(); ++i) {
            const CheckRow& row = m_.checks[i];
            const Ink ink = ink_of(row.verdict);
            canvas_.text_centred(FontRole::text, {x_ + 0.9F * em_, y_ + 0.55F * em_}, ink, sign(row.verdict));
            canvas_.text(FontRole::text, {word_x(), y_}, ink, word(row.verdict));
            const float question = canvas_.paragraph(FontRole::text, {question_x, y_}, right() - question_x, Ink::text,
                                                     row.question, fmt::format("check.{}", i + 1));
            const Point at = below ? Point{question_x, question} : Point{finding_x, y_ + 0.12F * em_};
            const float finding = canvas_.paragraph(FontRole::small, at, right() - at.x, Ink::muted, row.finding);
            y_ = std::max({question, finding, y_ + 1.3F * em_}) + 0.12F * em_;
            canvas_.straight({x_, y_}, {right(), y_}, Ink::border, canvas_.line());
            y_ += 0.12F * em_;
        }
        y_ += 0.2F * em_;
    }

    void verdict() {
        const Verdict verdict = m_.accepted ? Verdict::passed : Verdict::failed;
        const float end = canvas_.text(FontRole::text, {x_ + 0.4F * em_, y_}, ink_of(verdict), sign(verdict));
        const float x = std::max(end + 0.4F * em_, word_x());
        y_ = canvas_.paragraph(FontRole::text, {x, y_}, right() - x, Ink::text, m_.verdict, "verdict") + 0.6F * em_;
    }

    // g, g², g³ ..: the exponent small above each power.
    void powers() {
        if (m_.powers.empty()) return;
        paragraph(FontRole::small, Ink::muted, m_.powers_words);
        y_ += 0.3F * em_;
        const float pitch = 2 * em_, height = 2.75F * em_;
        const auto in_row = static_cast<std::size_t>(std::max(1.0F, width_ / pitch));
        for (std::size_t i = 0; i < m_.powers.size(); ++i) {
            const float x = x_ + pitch * static_cast<float>(i % in_row);
            const float y = y_ + height * static_cast<float>(i / in_row);
            const bool last = m_.powers[i] == 1;
            canvas_.text_centred(FontRole::figures_tiny, {x + 0.9F * em_, y + 0.4F * em_}, Ink::muted,
                                 fmt::to_string(i + 1));
            const Rect rect{x, y + 0.85F * em_, 1.8F * em_, 1.4F * em_};
            canvas_.box(rect, Ink::raised, last ? Ink::text : Ink::border, (last ? 2.2F : 1.0F) * canvas_.line(),
                        fmt::format("power.{}", i + 1));
            canvas_.text_centred(FontRole::figures_small, rect.centre(), Ink::text, fmt::to_string(m_.powers[i]));
        }
        y_ += height * static_cast<float>((m_.powers.size() + in_row - 1) / in_row);
    }

    const StageInput& input_;
    const ParametersModel& m_;
};

} // namespace

Picture parameters_picture(const StageInput& input) {
    return draw_picture<ParametersPicture>(input, make_parameters_model(input.trace, input.step.node));
}

} // namespace keyhole::viz
