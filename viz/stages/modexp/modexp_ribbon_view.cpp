// The exponent as a ribbon of bits. What was read has a line below it, the current bit a thick outline; a short
// exponent shows the running value below each bit, a long one scrolls with the current bit in sight.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/stages/modexp/modexp_view.hpp"

namespace keyhole::viz {
namespace {

class Ribbon {
  public:
    Ribbon(ModexpFrame& frame, float y)
        : f_(frame),
          theme_(frame.context.theme),
          fonts_(frame.context.fonts),
          em_(fonts_.em),
          y_(y),
          current_(frame.model.current ? frame.model.current->index : 0) {}

    float draw() {
        caption();
        const auto bits = static_cast<float>(f_.model.bits);
        const float needed = 1.2F * Canvas::size(fonts_.figures_small, widest_value()).x;
        const float start = needed + 0.6F * em_;
        const float pitch = std::min((f_.width - start) / bits, 4 * em_);
        if (f_.model.bits <= 64 && pitch >= std::max(needed, 1.5F * em_)) return draw_short(start, pitch);
        return draw_long();
    }

  private:
    std::string widest_value() const {
        const NumberText& modulus = f_.model.modulus.text;
        return modulus.in_hex() ? modulus.excerpt : modulus.decimal;
    }

    void caption() {
        const ModexpModel& m = f_.model;
        const std::string words = fmt::format("exponent {}, {}: {}, {} of them 1", m.exponent.letter, m.exponent.role,
                                              counted(m.bits, "bit"), m.ones);
        y_ = f_.canvas.paragraph(fonts_.small, {f_.x, y_}, f_.width, theme_.muted, words) + 0.15F * em_;
    }

    void bit(std::uint64_t index, ImVec2 from, ImVec2 size, ImVec2 reach) {
        const ImVec2 to{from.x + reach.x, from.y + reach.y};
        const bool hovered = f_.canvas.hovered(from, to);
        const bool here = index == current_;
        f_.canvas.cell(from, size, exponent_bit(f_.model, index), theme_.secret, here || hovered);
        if (index <= current_) {
            const float under = from.y + size.y + 0.22F * em_;
            f_.canvas.straight({from.x, under}, {from.x + size.x, under}, here ? theme_.current : theme_.secret,
                               2.2F * f_.canvas.line());
        }
        if (hovered && ImGui::IsMouseClicked(0)) go_to(index);
    }

    void go_to(std::uint64_t index) {
        f_.context.requests.go_to(f_.model.owner.child({.kind = Kind::bit, .number = index}));
    }

    // Every bit with its number above and the running value below, from the 1 at the start.
    float draw_short(float start, float pitch) {
        const float side = f_.seen > 32 * em_ ? 1.6F * em_ : 1.25F * em_;
        const ImVec2 size{side, 1.05F * side};
        const float cells = y_ + 0.95F * em_;
        const float values = cells + size.y + 0.95F * em_;
        f_.canvas.text_centred(fonts_.small, {f_.x + start / 2, cells + size.y / 2}, theme_.muted, "start");
        f_.canvas.text_centred(fonts_.figures_small, {f_.x + start / 2, values}, theme_.muted,
                               value_after(f_.model, 0));
        for (std::uint64_t i = 1; i <= f_.model.bits; ++i) {
            const float centre = f_.x + start + pitch * (static_cast<float>(i) - 0.5F);
            const bool here = i == current_;
            const ImU32 ink = here ? theme_.current : i < current_ || current_ == 0 ? theme_.text : theme_.faint;
            f_.canvas.text_centred(fonts_.figures_tiny, {centre, y_ + 0.4F * em_}, theme_.muted, std::to_string(i));
            bit(i, {std::round(centre - size.x / 2), cells}, size, size);
            f_.canvas.text_centred(fonts_.figures_small, {centre, values}, ink, value_after(f_.model, i));
        }
        return values + 0.8F * em_;
    }

    float draw_long() {
        const float label = Canvas::size(fonts_.figures_tiny, std::to_string(f_.model.bits)).x + 0.5F * em_;
        const float least = 0.74F * em_, gap = 0.35F * em_;
        const auto fit = static_cast<std::uint64_t>(std::max(1.0F, (f_.width - label + gap) / (8 * least + gap)));
        const std::uint64_t eights = std::min<std::uint64_t>(fit, 8);
        const std::uint64_t in_row = 8 * eights;
        const auto gaps = static_cast<float>(eights - 1);
        const float filled = (f_.width - label - gap * gaps) / static_cast<float>(in_row);
        const float pitch = std::clamp(filled, least, 1.1F * em_), cell = pitch - 0.12F * em_;
        const std::uint64_t rows = (f_.model.bits + in_row - 1) / in_row;
        const std::uint64_t shown = std::min<std::uint64_t>(rows, f_.seen < 24 * em_ ? 2 : rows <= 4 ? 4 : 3);
        const std::uint64_t row_here = current_ > 0 ? (current_ - 1) / in_row : 0;
        const std::uint64_t first = std::min(row_here > 0 ? row_here - 1 : 0, rows - shown);
        const ImVec2 size{cell, std::max(0.95F * em_, 1.15F * cell)};
        for (std::uint64_t row = first; row < first + shown; ++row) {
            const std::uint64_t from = row * in_row + 1, to = std::min(from + in_row - 1, f_.model.bits);
            f_.canvas.text_to_right(fonts_.figures_tiny, {f_.x + label - 0.4F * em_, y_ + size.y / 2}, theme_.muted,
                                    std::to_string(from));
            for (std::uint64_t i = from; i <= to; ++i) {
                const auto column = static_cast<float>(i - from);
                const float x = f_.x + label + pitch * column + gap * std::floor(column / 8);
                bit(i, {std::round(x), y_}, size, {pitch, size.y});
            }
            y_ += size.y + 0.5F * em_;
        }
        if (rows > shown) bar(first * in_row + 1, std::min((first + shown) * in_row, f_.model.bits));
        return y_ + 0.1F * em_;
    }

    // The whole exponent as one bar: what is shown of it, and where the current bit stands.
    void bar(std::uint64_t from, std::uint64_t to) {
        const std::string words = fmt::format("bits {} to {} of {}", from, to, f_.model.bits);
        const float words_width = Canvas::size(fonts_.small, words).x;
        f_.canvas.text(fonts_.small, {f_.x + f_.width - words_width, y_}, theme_.muted, words);
        const float width = f_.width - words_width - em_;
        if (width < 4 * em_) {
            y_ += 1.2F * em_;
            return;
        }
        const float top = y_ + 0.25F * em_, foot = top + 0.55F * em_;
        const auto at = [&](std::uint64_t index) {
            return f_.x + width * static_cast<float>(index) / static_cast<float>(f_.model.bits);
        };
        f_.canvas.box({f_.x, top}, {f_.x + width, foot}, theme_.raised, theme_.border);
        f_.canvas.box({at(from - 1), top}, {at(to), foot}, faded(theme_.secret, 0.55F), theme_.secret);
        if (current_ > 0) {
            const float x = at(current_ - 1);
            f_.canvas.straight({x, top - 0.15F * em_}, {x, foot + 0.15F * em_}, theme_.current, 3 * f_.canvas.line());
        }
        if (f_.canvas.clicked({f_.x, top - 0.2F * em_}, {f_.x + width, foot + 0.2F * em_})) {
            const float share = std::clamp((ImGui::GetIO().MousePos.x - f_.x) / width, 0.0F, 0.999F);
            go_to(1 + static_cast<std::uint64_t>(share * static_cast<float>(f_.model.bits)));
        }
        y_ += 1.2F * em_;
    }

    ModexpFrame& f_;
    const Theme& theme_;
    const Fonts& fonts_;
    float em_, y_;
    std::uint64_t current_;
};

} // namespace

float draw_exponent_ribbon(ModexpFrame& frame, float y) { return Ribbon(frame, y).draw(); }

} // namespace keyhole::viz
