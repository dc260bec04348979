// The stage of the public parameters: p and g in full, the checks with a sign and a word each, and the powers of a toy
// group's g as cells that can be counted.
#include "viz/stages/handshake/parameters_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/step_kinds.hpp"
#include "viz/frame/cached.hpp"
#include "viz/frame/number_view.hpp"
#include "viz/frame/stage_column.hpp"

namespace keyhole::viz {
namespace {

// Font Awesome: check, times, warning triangle; a dot for what was not reached.
std::string_view sign(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed: return "\uf00c";
        case Verdict::failed: return "\uf00d";
        case Verdict::doubted:
        case Verdict::remark: return "\uf071";
        case Verdict::not_reached: break;
    }
    return "\u00B7";
}

class ParametersStage : StageColumn {
  public:
    ParametersStage(FrameContext& context, const ParametersModel& model, ScreenCanvas& canvas, ImVec2 at, ImVec2 room)
        : StageColumn(context, canvas, at, room.x), m_(model), end_(at.y + room.y) {}

    float draw() {
        y_ = canvas_.paragraph(fonts_.title, {x_, y_}, width_, theme_.text, title(context_.step.node));
        y_ = canvas_.paragraph(fonts_.text, {x_, y_}, width_, theme_.muted, m_.story) + 0.4F * em_;
        numbers();
        checks();
        powers();
        return y_;
    }

  private:
    ImU32 ink(Verdict verdict) const {
        switch (verdict) {
            case Verdict::passed: return theme_.text;
            case Verdict::failed:
            case Verdict::doubted:
            case Verdict::remark: return theme_.error;
            case Verdict::not_reached: break;
        }
        return theme_.faint;
    }

    // A letter at the left, its number at the right of it in as many rows as it needs.
    void number(std::string_view letter, const NumberText& text, std::string_view words, float room) {
        const float top = y_;
        const float x = x_ + 2.2F * em_, width = width_ - 2.6F * em_;
        canvas_.text_centred(fonts_.title, {x_ + 1.1F * em_, y_ + 0.85F * em_}, theme_.text, letter);
        y_ = canvas_.paragraph(fonts_.small, {x, y_ + 0.2F * em_}, width, theme_.muted, words);
        if (text.in_hex()) {
            const ImFont* font = width_ > 34 * em_ ? fonts_.figures_small : fonts_.figures_tiny;
            bool* unfolded = ImGui::GetStateStorage()->GetBoolRef(ImGui::GetID("p unfolded"), false);
            const auto most = static_cast<std::size_t>(std::max(3.0F, room / screen_group_line(font)));
            const auto drawn = screen_groups(canvas_, {.font = font, .most_rows = most, .unfolded = *unfolded}, {x, y_},
                                             width, text.groups, {});
            y_ = drawn.foot + 0.2F * em_;
            if (drawn.fold_clicked) *unfolded = !*unfolded;
        } else {
            const bool large = ScreenCanvas::size(fonts_.figures_large, text.decimal).x < width;
            y_ = canvas_.paragraph(large ? fonts_.figures_large : fonts_.figures, {x, y_ - 0.1F * em_}, width,
                                   theme_.text, text.decimal);
        }
        canvas_.straight({x_ + 0.1F * em_, top}, {x_ + 0.1F * em_, y_}, theme_.plain, 2 * canvas_.line());
        y_ += 0.5F * em_;
    }

    void numbers() {
        // What the checks and the powers below need; the prime takes the rest.
        const float below = 1.5F * em_ * static_cast<float>(m_.checks.size()) + 8 * em_;
        number("p", m_.p, fmt::format("prime modulus, {}: {}, {}", counted(m_.p.bits, "bit"), m_.group, m_.source),
               end_ - y_ - below);
        number("g", m_.g, "generator: its powers are the public keys", end_ - y_ - below);
        y_ = canvas_.paragraph(fonts_.small, {x_, y_ - 0.1F * em_}, width_, theme_.muted, m_.settings) + 0.5F * em_;
    }

    void checks() {
        const float sign_x = x_ + 0.9F * em_;
        const float word_x = x_ + 1.9F * em_;
        const float question_x = word_x + ScreenCanvas::size(fonts_.text, "not reached").x + 0.7F * em_;
        float finding_x = question_x;
        for (const CheckRow& row : m_.checks)
            finding_x = std::max(finding_x, question_x + ScreenCanvas::size(fonts_.text, row.question).x + 1.2F * em_);
        const bool below = finding_x + 14 * em_ > x_ + width_; // the finding on a line of its own
        for (const CheckRow& row : m_.checks) {
            const float top = y_;
            canvas_.text_centred(fonts_.text, {sign_x, y_ + 0.55F * em_}, ink(row.verdict), sign(row.verdict));
            canvas_.text(fonts_.text, {word_x, y_}, ink(row.verdict), word(row.verdict));
            float foot =
                canvas_.paragraph(fonts_.text, {question_x, y_}, x_ + width_ - question_x, theme_.text, row.question);
            const float from = below ? question_x : finding_x;
            if (!row.finding.empty())
                foot = canvas_.paragraph(fonts_.small, {from, below ? foot : y_ + 0.12F * em_}, x_ + width_ - from,
                                         theme_.muted, row.finding);
            y_ = std::max(foot, top + 1.3F * em_) + 0.12F * em_;
            canvas_.straight({x_, y_}, {x_ + width_, y_}, theme_.border, canvas_.line());
            y_ += 0.12F * em_;
        }
        y_ += 0.2F * em_;
        const Verdict verdict = m_.accepted ? Verdict::passed : Verdict::failed;
        const float end = canvas_.text(fonts_.text, {x_ + 0.4F * em_, y_}, ink(verdict), sign(verdict));
        y_ = canvas_.paragraph(fonts_.text, {std::max(end + 0.4F * em_, word_x), y_}, width_ - 2 * em_, theme_.text,
                               m_.verdict) +
             0.6F * em_;
    }

    // g, g², g³ ..: the exponent small above each power.
    void powers() {
        if (m_.powers.empty()) return;
        y_ = canvas_.paragraph(fonts_.small, {x_, y_}, width_, theme_.muted, m_.powers_words) + 0.3F * em_;
        const float pitch = 2 * em_;
        const auto in_row = static_cast<std::size_t>(std::max(1.0F, width_ / pitch));
        const float height = 2.75F * em_;
        for (std::size_t i = 0; i < m_.powers.size(); ++i) {
            const float x = x_ + pitch * static_cast<float>(i % in_row);
            const float y = y_ + height * static_cast<float>(i / in_row);
            const bool last = m_.powers[i] == 1;
            canvas_.text_centred(fonts_.figures_tiny, {x + 0.9F * em_, y + 0.4F * em_}, theme_.muted,
                                 std::to_string(i + 1));
            const ImVec2 from{x, y + 0.85F * em_}, to{x + 1.8F * em_, y + 2.25F * em_};
            canvas_.box(from, to, theme_.raised, last ? theme_.text : theme_.border,
                        (last ? 2.2F : 1.0F) * canvas_.line());
            canvas_.text_centred(fonts_.figures_small, {(from.x + to.x) / 2, (from.y + to.y) / 2}, theme_.text,
                                 std::to_string(m_.powers[i]));
        }
        y_ += height * static_cast<float>((m_.powers.size() + in_row - 1) / in_row);
    }

    const ParametersModel& m_;
    float end_;
};

} // namespace

void draw_parameters_stage(FrameContext& context) {
    static Cached<ParametersModel> kept;
    const ParametersModel& model = kept.get(context, make_parameters_model);
    ScreenCanvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float seen = ImGui::GetWindowHeight() - 2 * ImGui::GetStyle().WindowPadding.y;
    ParametersStage stage(context, model, canvas, at, {ImGui::GetContentRegionAvail().x, seen});
    finish_stage(context, at, stage.draw(), at.y, at.y);
}

} // namespace keyhole::viz
