#include "viz/stages/frame/base64_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

class GroupPicture {
  public:
    GroupPicture(const FrameDrawing& drawing, const Base64Group& group, Point at, float width)
        : d_(drawing), g_(group), canvas_(drawing.canvas), at_(at), width_(width), em_(canvas_.em()) {
        pitch_ = std::floor(std::clamp(width / 25, 0.5F * em_, 1.5F * em_));
        bits_ = at.y + 1.9F * em_;
        below_ = bits_ + bit_height() + 0.2F * em_;
    }

    /// Returns the foot.
    float draw() {
        for (unsigned i = 0; i < g_.bytes; ++i) byte(i);
        // Past the last byte there are only zeros that fill the last character.
        for (unsigned bit = 0; bit < 6 * characters(); ++bit)
            canvas_.cell({x(bit), bits_, pitch_ - std::max(2.0F, 0.1F * pitch_), bit_height()},
                         g_.bits >> (23 - bit) & 1U, bit >= 8 * g_.bytes ? Ink::faint : Ink::plain, false,
                         fmt::format("bit.{}", bit + 1));
        for (unsigned i = 0; i < 4; ++i) character(i);
        remark(at_.y + 0.6F * em_, counted(g_.bytes, "byte"));
        remark(bits_ + bit_height() / 2, fmt::format("{} bits{}", 8 * g_.bytes, g_.bytes < 3 ? ", then zeros" : ""));
        remark(below_ + 1.0F * em_, "6 bits a character");
        return below_ + 1.8F * em_;
    }

  private:
    unsigned characters() const { return g_.bytes + 1; } // the others are `=`
    float bit_height() const { return 1.2F * em_; }
    float x(unsigned bit) const { return at_.x + pitch_ * static_cast<float>(bit); }
    float middle(unsigned first, unsigned count) const { return (x(first) + x(first + count)) / 2 - 0.1F * pitch_; }

    void byte(unsigned i) {
        const Ink ink = d_.lit.bytes.contains(d_.lit.bytes_group.begin + i) ? Ink::current : Ink::text;
        canvas_.text_centred(FontRole::figures_small, {middle(8 * i, 8), at_.y + 0.6F * em_}, ink,
                             fmt::format("{:02X}", g_.bits >> (16 - 8 * i) & 0xFFU));
        bracket(8 * i, 8, at_.y + 1.4F * em_, 0.3F * em_, ink);
    }

    void character(unsigned i) {
        const Ink ink = d_.lit.line.contains(d_.lit.line_group.begin + i) ? Ink::current : Ink::text;
        if (i < characters()) bracket(6 * i, 6, below_ + 0.3F * em_, -0.3F * em_, ink);
        const std::string words =
            g_.values[i] < 0
                ? std::string(1, g_.characters[i])
                : fmt::format("{} {} {}", g_.values[i], d_.frame.arriving ? "\u2190" : "\u2192", g_.characters[i]);
        canvas_.text_centred(FontRole::figures_small, {middle(6 * i, 6), below_ + 1.0F * em_}, ink, words);
    }

    // Around bits, at the height of `y`; its ends point `towards` them.
    void bracket(unsigned first, unsigned count, float y, float towards, Ink ink) {
        const float left = x(first) + 0.15F * pitch_, right = x(first + count) - 0.3F * pitch_;
        const float thickness = 1.3F * canvas_.line();
        canvas_.straight({left, y}, {right, y}, ink, thickness);
        canvas_.straight({left, y}, {left, y + towards}, ink, thickness);
        canvas_.straight({right, y}, {right, y + towards}, ink, thickness);
    }

    // What the rows are, where there is room beside them.
    void remark(float y, std::string_view words) {
        const float left = x(24) + 0.8F * em_;
        if (left + canvas_.width(FontRole::small, words) < at_.x + width_)
            canvas_.text(FontRole::small, {left, y - canvas_.height(FontRole::small) / 2}, Ink::muted, words);
    }

    const FrameDrawing& d_;
    const Base64Group& g_;
    Canvas& canvas_;
    Point at_;
    float width_, em_, pitch_ = 0;
    float bits_ = 0, below_ = 0; // the tops of the bits, and of what is below them
};

} // namespace

float draw_base64_group(const FrameDrawing& drawing, Point at, float width) {
    if (const auto group = base64_group(drawing.frame, drawing.lit))
        return GroupPicture(drawing, *group, at, width).draw();
    const Field* field = drawing.lit.field;
    return drawing.canvas.paragraph(FontRole::small, at, width, Ink::muted,
                                    field == nullptr ? "This character is punctuation of JSON."
                                                     : fmt::format("The field {}: {} characters.", field->name,
                                                                   grouped_decimal(field->value.size())));
}

} // namespace keyhole::viz
