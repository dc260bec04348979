// The exponent as a ribbon of bits. What was read has a line below it, the current bit a thick outline; a short
// exponent shows the running value below each bit, a long one scrolls with the current bit in sight.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/stages/modexp/modexp_parts.hpp"

namespace keyhole::viz {
namespace {

class Ribbon {
  public:
    Ribbon(const ModexpFrame& frame, float y)
        : f_(frame),
          canvas_(frame.canvas),
          room_(frame.input.room),
          em_(frame.canvas.em()),
          y_(y),
          bits_(frame.model.bits),
          current_(frame.current()) {}

    float draw() {
        caption();
        const float needed = 1.2F * canvas_.width(FontRole::figures_small, f_.widest_value());
        const float start = needed + 0.6F * em_;
        const float pitch = std::min((room_.w - start) / static_cast<float>(bits_), 4 * em_);
        if (bits_ <= 64 && pitch >= std::max(needed, 1.5F * em_)) return draw_short(start, pitch);
        return draw_long();
    }

  private:
    void caption() {
        const PowerNumber& exponent = f_.model.exponent;
        const std::string words = fmt::format("exponent {}, {}: {}, {} of them 1", exponent.letter, exponent.role,
                                              counted(bits_, "bit"), f_.model.ones);
        y_ = canvas_.paragraph(FontRole::small, {room_.x, y_}, room_.w, Ink::muted, words) + 0.15F * em_;
    }

    // `reach` is where a click means it: as wide as the bit and the gap behind it.
    void bit(std::uint64_t index, Rect rect, float reach) {
        const bool here = index == current_;
        const std::string id = fmt::format("bit.{}", index);
        canvas_.cell(rect, exponent_bit(f_.model, index), Ink::secret, here, id);
        canvas_.link(id, {rect.x, rect.y, reach, rect.h}, f_.bit_node(index));
        if (index > current_) return;
        const float under = rect.bottom() + 0.22F * em_;
        canvas_.straight({rect.x, under}, {rect.right(), under}, here ? Ink::current : Ink::secret,
                         2.2F * canvas_.line());
    }

    // Every bit with its number above and the running value below, from the 1 at the start.
    float draw_short(float start, float pitch) {
        const float width = (room_.h > 32 * em_ ? 1.6F : 1.25F) * em_, height = 1.05F * width;
        const float cells = y_ + 0.95F * em_, values = cells + height + 0.95F * em_;
        const float left = room_.x + start / 2;
        canvas_.text_centred(FontRole::small, {left, cells + height / 2}, Ink::muted, "start");
        canvas_.text_centred(FontRole::figures_small, {left, values}, Ink::muted, value_after(f_.model, 0));
        for (std::uint64_t i = 1; i <= bits_; ++i) {
            const float centre = room_.x + start + pitch * (static_cast<float>(i) - 0.5F);
            const Ink ink = i == current_ ? Ink::current : i < current_ || current_ == 0 ? Ink::text : Ink::faint;
            canvas_.text_centred(FontRole::figures_tiny, {centre, y_ + 0.4F * em_}, Ink::muted, fmt::to_string(i));
            bit(i, {std::round(centre - width / 2), cells, width, height}, width);
            canvas_.text_centred(FontRole::figures_small, {centre, values}, ink, value_after(f_.model, i),
                                 fmt::format("value.{}", i));
        }
        return values + 0.8F * em_;
    }

    float draw_long() {
        const float label = canvas_.width(FontRole::figures_tiny, fmt::to_string(bits_)) + 0.5F * em_;
        const float least = 0.74F * em_, gap = 0.35F * em_;
        const auto fit = static_cast<std::uint64_t>(std::max(1.0F, (room_.w - label + gap) / (8 * least + gap)));
        const std::uint64_t eights = std::min<std::uint64_t>(fit, 8), in_row = 8 * eights;
        const float filled = (room_.w - label - gap * static_cast<float>(eights - 1)) / static_cast<float>(in_row);
        const float pitch = std::clamp(filled, least, 1.1F * em_), cell = pitch - 0.12F * em_;
        const float height = std::max(0.95F * em_, 1.15F * cell);
        const std::uint64_t rows = (bits_ + in_row - 1) / in_row;
        const bool low = room_.h < (current_ > 0 ? 40 : 24) * em_;
        const std::uint64_t shown = std::min<std::uint64_t>(rows, low ? 2 : rows <= 4 ? 4 : 3);
        const std::uint64_t row_here = current_ > 0 ? (current_ - 1) / in_row : 0;
        const std::uint64_t first = std::min(row_here > 0 ? row_here - 1 : 0, rows - shown);
        for (std::uint64_t row = first; row < first + shown; ++row) {
            const std::uint64_t from = row * in_row + 1, to = std::min(from + in_row - 1, bits_);
            canvas_.text_to_right(FontRole::figures_tiny, {room_.x + label - 0.4F * em_, y_ + height / 2}, Ink::muted,
                                  fmt::to_string(from));
            for (std::uint64_t i = from; i <= to; ++i) {
                const auto column = static_cast<float>(i - from);
                const float x = room_.x + label + pitch * column + gap * std::floor(column / 8);
                bit(i, {std::round(x), y_, cell, height}, pitch);
            }
            y_ += height + 0.5F * em_;
        }
        if (rows > shown) bar(first * in_row + 1, std::min((first + shown) * in_row, bits_));
        return y_ + 0.1F * em_;
    }

    // The whole exponent as one bar: what is shown of it, and where the current bit stands.
    void bar(std::uint64_t from, std::uint64_t to) {
        const std::string words = fmt::format("bits {} to {} of {}", from, to, bits_);
        const float words_width = canvas_.width(FontRole::small, words);
        canvas_.text(FontRole::small, {room_.right() - words_width, y_}, Ink::muted, words);
        const Rect bar{room_.x, y_ + 0.25F * em_, room_.w - words_width - em_, 0.55F * em_};
        y_ += 1.2F * em_;
        if (bar.w < 4 * em_) return;
        const auto at = [&](std::uint64_t index) {
            return bar.x + bar.w * static_cast<float>(index) / static_cast<float>(bits_);
        };
        canvas_.box(bar, Ink::raised, Ink::border);
        canvas_.box(Rect::between({at(from - 1), bar.y}, {at(to), bar.bottom()}), faded(Ink::secret, 0.55F),
                    Ink::secret, 0, "bits in sight");
        if (current_ > 0) {
            const float x = at(current_ - 1);
            canvas_.straight({x, bar.y - 0.15F * em_}, {x, bar.bottom() + 0.15F * em_}, Ink::current,
                             3 * canvas_.line());
        }
        // A click goes to the bit below the mouse, or to one of them where a pixel stands for several.
        const auto pixels = static_cast<std::uint64_t>(bar.w);
        const std::uint64_t parts = std::min(bits_, pixels);
        const float width = bar.w / static_cast<float>(parts);
        for (std::uint64_t i = 0; i < parts; ++i)
            canvas_.link({}, {bar.x + width * static_cast<float>(i), bar.y - 0.2F * em_, width, bar.h + 0.4F * em_},
                         f_.bit_node(1 + i * bits_ / parts));
    }

    const ModexpFrame& f_;
    Canvas& canvas_;
    Rect room_;
    float em_, y_;
    std::uint64_t bits_, current_; // current bit: 0 for none
};

} // namespace

float draw_exponent_ribbon(const ModexpFrame& frame, float y) { return Ribbon(frame, y).draw(); }

} // namespace keyhole::viz
