// The work of one exponent bit: the running value before, after the square and after the multiplication, with the
// formula in live numbers. Short numbers stand in three boxes, long ones in groups of hex with the changed underlined.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/words.hpp"
#include "viz/picture/column.hpp"
#include "viz/picture/numbers.hpp"
#include "viz/stages/modexp/modexp_parts.hpp"

namespace keyhole::viz {
namespace {

struct Block {
    std::string id, caption, formula, note;
    const NumberText* number = nullptr;
    std::vector<bool> changed;
    Ink mark = Ink::plain; // the bar at the left edge
    bool current = false, idle = false;
};

class Work : Column {
  public:
    Work(const ModexpFrame& frame, float y)
        : Column(frame.canvas, frame.input.room), state_(frame.input.state), m_(frame.model) {
        y_ = y;
        roomy_ = frame.input.room.h > 32 * em_;
    }

    float bit(float room) {
        const PowerBit& b = *m_.current;
        const NumberText& after = b.multiply.result;
        if (!after.in_hex() && flow_fits()) {
            flow(b);
            action("square", b.square);
            action("multiply", b.multiply);
        } else {
            const std::string kept = b.multiply.done ? "after multiplying" : "bit is 0: kept as it is";
            blocks({{"before", "before", "", "", &b.before, {}},
                    {"square", "after the square (underlined: what changed)", b.square.formula, b.square.note,
                     &b.square.result, b.square.changed, Ink::current, true},
                    {"multiply", kept, b.multiply.formula, b.multiply.note, &after, b.multiply.changed, Ink::current,
                     b.multiply.done, !b.multiply.done}},
                   room);
        }
        if (!b.so_far.empty())
            y_ = draw_formula(canvas_, FontRole::text, {x_, y_ + 0.1F * em_}, width_, Ink::text, b.so_far);
        return y_;
    }

    float whole(float room) {
        if (!m_.modulus.text.in_hex()) return y_;
        const auto block = [](std::string id, const PowerNumber& n, Ink mark, bool current) {
            return Block{std::move(id), fmt::format("{}, {}", n.letter, n.role), "", "", &n.text, {}, mark, current};
        };
        std::vector<Block> all;
        if (m_.base.text.bits > 64) all.push_back(block("base", m_.base, Ink::plain, false));
        if (m_.power != nullptr) all.push_back(block("exponent", m_.exponent, Ink::secret, false));
        const bool secret = m_.owner.kind() == Kind::shared;
        all.push_back(block("result", m_.result, secret ? Ink::secret : Ink::plain, true));
        blocks(all, room);
        return y_;
    }

  private:
    float arrow_width() const { return 4.6F * em_; }

    bool flow_fits() const {
        const float widest = canvas_.width(FontRole::figures, m_.modulus.text.decimal);
        return width_ >= 3 * (widest + 1.2F * em_) + 2 * arrow_width();
    }

    // before -> squared -> multiplied, as three boxes.
    void flow(const PowerBit& b) {
        const float width = std::min((width_ - 2 * arrow_width()) / 3, 12 * em_);
        const float height = (roomy_ ? 4.4F : 3.3F) * em_, line = (roomy_ ? 2.75F : 2.1F) * em_;
        const float left = x_ + (width_ - 3 * width - 2 * arrow_width()) / 2;
        const bool done = b.multiply.done;
        const auto box = [&](int place, const char* id, std::string_view caption, const NumberText& value,
                             bool worked) {
            const Rect rect{left + (width + arrow_width()) * static_cast<float>(place), y_, width, height};
            const float centre = rect.centre().x;
            canvas_.box(rect, worked ? Ink::current_tint : Ink::raised, worked ? Ink::current : Ink::border,
                        (worked ? 2.2F : 1.0F) * canvas_.line(), id);
            canvas_.text_centred(FontRole::small, {centre, rect.y + (roomy_ ? 0.95F : 0.75F) * em_}, Ink::muted,
                                 caption);
            const FontRole font =
                canvas_.largest(value.decimal, width - 0.6F * em_, {FontRole::figures_large, FontRole::figures});
            canvas_.text_centred(font, {centre, rect.y + line}, Ink::text, value.decimal);
            return Point{rect.x, rect.y + line};
        };
        box(0, "before", "before", b.before, false);
        arrow_to(box(1, "square", "squared", b.square.result, true), "square", true);
        arrow_to(box(2, "multiply", done ? "multiplied" : "kept", b.multiply.result, done),
                 done ? "\u00B7 " + m_.base.text.excerpt : "bit 0", done);
        y_ += height + 0.6F * em_;
    }

    // What is done on the way to the box whose left edge is at the tip.
    void arrow_to(Point tip, std::string_view words, bool done) {
        const Ink ink = done ? Ink::current : Ink::faint;
        const float from = tip.x - arrow_width() + 0.4F * em_;
        tip.x -= 0.4F * em_;
        canvas_.arrow({from, tip.y}, tip, ink, (done ? 2.0F : 1.0F) * canvas_.line(), 0.4F * em_, 0.3F * em_);
        const FontRole font =
            canvas_.largest(words, arrow_width() - 0.8F * em_, {FontRole::small, FontRole::figures_tiny});
        canvas_.text_centred(font, {(from + tip.x) / 2, tip.y - 0.7F * em_}, done ? Ink::text : Ink::muted, words);
    }

    // The formula, and what the division left.
    void action(std::string_view word, const PowerAction& action) {
        const float x = x_ + 5 * em_, width = right() - x;
        canvas_.text(FontRole::small, {x_, y_ + 0.1F * em_}, action.done ? Ink::current : Ink::muted, word);
        const bool large = roomy_ && canvas_.width(FontRole::figures_large, action.formula) < width;
        const FontRole font = !action.done ? FontRole::text : large ? FontRole::figures_large : FontRole::figures;
        y_ = canvas_.paragraph(font, {x, y_}, width, action.done ? Ink::text : Ink::muted, action.formula);
        y_ = canvas_.paragraph(FontRole::small, {x, y_}, width, Ink::muted, action.note) + 0.2F * em_;
    }

    // Numbers above one another; when they need more room than there is, each is folded in its middle.
    void blocks(const std::vector<Block>& all, float room) {
        const FontRole font = width_ > 34 * em_ ? FontRole::figures_small : FontRole::figures_tiny;
        float words = 0;
        for (const Block& b : all) words += ((b.formula.empty() ? 0 : 1.3F) + (b.note.empty() ? 0 : 1.1F) + 1.7F) * em_;
        const float lines = (room - words) / group_line(canvas_, font) / static_cast<float>(all.size());
        const auto most = static_cast<std::size_t>(std::max(3.0F, lines));
        for (const Block& b : all) block(b, {.id = b.id, .font = font, .most_rows = most, .toggle = "unfold"});
    }

    void block(const Block& b, const GroupStyle& style) {
        const float top = y_, x = x_ + 0.9F * em_, width = right() - x;
        const float end = canvas_.text(FontRole::small, {x, y_}, b.current ? Ink::current : Ink::muted, b.caption);
        const std::string size = counted(b.number->bits, "bit");
        if (end + canvas_.width(FontRole::small, size) + em_ < right())
            canvas_.text_to_right(FontRole::small, {right(), y_ + canvas_.height(FontRole::small) / 2}, Ink::muted,
                                  size);
        y_ += 1.15F * em_;
        y_ = canvas_.paragraph(b.idle ? FontRole::small : FontRole::figures_small, {x, y_}, width,
                               b.idle ? Ink::muted : Ink::text, b.formula);
        y_ = canvas_.paragraph(FontRole::small, {x, y_}, width, Ink::muted, b.note);
        // Where nothing was done the value stands in the block above.
        if (!b.idle && b.number->in_hex())
            y_ = draw_groups(canvas_, state_, style, {x, y_}, width, b.number->groups, b.changed);
        else if (!b.idle)
            y_ = canvas_.paragraph(FontRole::figures, {x, y_}, width, Ink::text, b.number->decimal, b.id);
        const float edge = x_ + 0.3F * em_;
        canvas_.straight({edge, top}, {edge, y_}, b.mark, (b.current ? 3.0F : 1.5F) * canvas_.line());
        y_ += 0.45F * em_;
    }

    const StageState& state_;
    const ModexpModel& m_;
    bool roomy_ = false; // large type where the panel has the height for it
};

} // namespace

float draw_power_work(const ModexpFrame& frame, float y, float room) {
    Work work(frame, y);
    return frame.model.current ? work.bit(room) : work.whole(room);
}

} // namespace keyhole::viz
