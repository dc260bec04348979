// The work of one exponent bit: the running value before, after the square and after the multiplication, with the
// formula in live numbers. Short numbers stand in three boxes, long ones in groups of hex with the changed underlined.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/stages/modexp/modexp_view.hpp"

namespace keyhole::viz {
namespace {

struct Block {
    std::string caption, formula, note;
    const NumberText* number = nullptr;
    const std::vector<bool>* changed = nullptr;
    ImU32 mark = 0; // the bar at the left edge
    bool current = false, idle = false;
};

class Work {
  public:
    Work(ModexpFrame& frame, float y)
        : f_(frame),
          canvas_(frame.canvas),
          theme_(frame.context.theme),
          fonts_(frame.context.fonts),
          em_(fonts_.em),
          y_(y) {}

    float bit(float room) {
        const PowerBit& b = *f_.model.current;
        const NumberText& after = b.multiply.result;
        if (!after.in_hex() && flow_fits()) {
            flow(b);
            actions(b);
        } else {
            const std::string kept = b.multiply.done ? "after multiplying" : "bit is 0: kept as it is";
            blocks({{{"before", "", "", &b.before, nullptr, theme_.plain},
                     {"after the square (underlined: what changed)", b.square.formula, b.square.note, &b.square.result,
                      &b.square.changed, theme_.current, true},
                     {kept, b.multiply.formula, b.multiply.note, &after, &b.multiply.changed, theme_.current,
                      b.multiply.done, !b.multiply.done}}},
                   room);
        }
        if (!b.so_far.empty())
            y_ = screen_formula(canvas_, fonts_.text, {f_.x, y_ + 0.1F * em_}, f_.width, theme_.text, b.so_far);
        return y_;
    }

    float whole(float room) {
        const ModexpModel& m = f_.model;
        if (!m.modulus.text.in_hex()) return y_;
        const auto caption = [](const PowerNumber& n) { return fmt::format("{}, {}", n.letter, n.role); };
        std::vector<Block> all;
        if (m.base.text.bits > 64) all.push_back({caption(m.base), "", "", &m.base.text, nullptr, theme_.plain});
        if (m.power != nullptr) all.push_back({caption(m.exponent), "", "", &m.exponent.text, nullptr, theme_.secret});
        all.push_back({caption(m.result), "", "", &m.result.text, nullptr,
                       m.owner.kind() == Kind::shared ? theme_.secret : theme_.plain, true});
        blocks(all, room);
        return y_;
    }

  private:
    bool flow_fits() const {
        const float widest = ScreenCanvas::size(fonts_.figures, f_.model.modulus.text.decimal).x;
        return f_.width >= 3 * (widest + 1.2F * em_) + 2 * arrow();
    }
    float arrow() const { return 4.6F * em_; }
    // Large type where the panel has the height for it.
    bool roomy() const { return f_.seen > 32 * em_; }

    // before -> squared -> multiplied, as three boxes.
    void flow(const PowerBit& b) {
        const float box = std::min((f_.width - 2 * arrow()) / 3, 12 * em_);
        const float height = (roomy() ? 4.4F : 3.3F) * em_, line = (roomy() ? 2.75F : 2.1F) * em_;
        const float left = f_.x + (f_.width - 3 * box - 2 * arrow()) / 2;
        const std::array<const NumberText*, 3> values = {&b.before, &b.square.result, &b.multiply.result};
        const std::array<std::string, 3> captions = {"before", "squared", b.multiply.done ? "multiplied" : "kept"};
        const std::array<std::string, 2> doing = {
            "square", b.multiply.done ? "\u00B7 " + f_.model.base.text.excerpt : std::string("bit 0")};
        for (std::size_t i = 0; i < 3; ++i) {
            const ImVec2 from{left + (box + arrow()) * static_cast<float>(i), y_};
            const ImVec2 to{from.x + box, y_ + height};
            const bool worked = i == 1 || (i == 2 && b.multiply.done);
            canvas_.box(from, to, worked ? theme_.current_tint : theme_.raised, worked ? theme_.current : theme_.border,
                        (worked ? 2.2F : 1.0F) * canvas_.line());
            const float centre = (from.x + to.x) / 2;
            canvas_.text_centred(fonts_.small, {centre, from.y + (roomy() ? 0.95F : 0.75F) * em_}, theme_.muted,
                                 captions[i]);
            const bool large = ScreenCanvas::size(fonts_.figures_large, values[i]->decimal).x < box - 0.6F * em_;
            canvas_.text_centred(large ? fonts_.figures_large : fonts_.figures, {centre, from.y + line}, theme_.text,
                                 values[i]->decimal);
            if (i == 0) continue;
            const bool done = i == 1 || b.multiply.done;
            arrow_to({from.x, from.y + line}, doing[i - 1], done);
        }
        y_ += height + 0.6F * em_;
    }

    void arrow_to(ImVec2 tip, const std::string& words, bool done) {
        const ImU32 ink = done ? theme_.current : theme_.faint;
        const float from = tip.x - arrow() + 0.4F * em_;
        tip.x -= 0.4F * em_;
        canvas_.straight({from, tip.y}, tip, ink, (done ? 2.0F : 1.0F) * canvas_.line());
        for (const float side : {-1.0F, 1.0F})
            canvas_.straight({tip.x - 0.4F * em_, tip.y + side * 0.3F * em_}, tip, ink,
                             (done ? 2.0F : 1.0F) * canvas_.line());
        const float middle = (from + tip.x) / 2;
        const ImFont* font =
            ScreenCanvas::size(fonts_.small, words).x < arrow() - 0.8F * em_ ? fonts_.small : fonts_.figures_tiny;
        canvas_.text_centred(font, {middle, tip.y - 0.7F * em_}, done ? theme_.text : theme_.muted, words);
    }

    // The two formulas, each with what the division left.
    void actions(const PowerBit& b) {
        const auto one = [&](std::string_view word, const PowerAction& action) {
            const float tag = 5 * em_;
            const ImU32 ink = action.done ? theme_.text : theme_.muted;
            canvas_.text(fonts_.small, {f_.x, y_ + 0.1F * em_}, action.done ? theme_.current : theme_.muted, word);
            const bool large = roomy() && ScreenCanvas::size(fonts_.figures_large, action.formula).x < f_.width - tag;
            const ImFont* font = !action.done ? fonts_.text : large ? fonts_.figures_large : fonts_.figures;
            y_ = canvas_.paragraph(font, {f_.x + tag, y_}, f_.width - tag, ink, action.formula);
            if (!action.note.empty())
                y_ = canvas_.paragraph(fonts_.small, {f_.x + tag, y_}, f_.width - tag, theme_.muted, action.note);
            y_ += 0.2F * em_;
        };
        one("square", b.square);
        one("multiply", b.multiply);
    }

    const ImFont* group_font() const { return f_.width > 34 * em_ ? fonts_.figures_small : fonts_.figures_tiny; }

    // Numbers above one another; when they need more room than there is, each is folded in its middle.
    void blocks(const std::vector<Block>& all, float room) {
        const float inner = f_.width - 0.9F * em_;
        const ImFont* font = group_font();
        const auto words_height = [&](const Block& b) {
            return (b.formula.empty() ? 0 : 1.3F * em_) + (b.note.empty() ? 0 : 1.1F * em_) + 1.7F * em_;
        };
        float words = 0;
        for (const Block& b : all) words += words_height(b);
        const float lines = (room - words) / screen_group_line(font) / static_cast<float>(all.size());
        const auto most = static_cast<std::size_t>(std::max(3.0F, lines));
        bool* unfolded = ImGui::GetStateStorage()->GetBoolRef(ImGui::GetID("unfolded"), false);
        for (const Block& b : all) block(b, {.font = font, .most_rows = most, .unfolded = *unfolded}, inner, unfolded);
    }

    void block(const Block& b, const ScreenGroupStyle& style, float inner, bool* unfolded) {
        const float top = y_;
        const float x = f_.x + 0.9F * em_;
        const ImU32 ink = b.current ? theme_.current : theme_.muted;
        const float end = canvas_.text(fonts_.small, {x, y_}, ink, b.caption);
        const std::string size = counted(b.number->bits, "bit");
        if (end + ScreenCanvas::size(fonts_.small, size).x + em_ < x + inner)
            canvas_.text_to_right(fonts_.small, {x + inner, y_ + fonts_.small->FontSize / 2}, theme_.muted, size);
        y_ += 1.15F * em_;
        if (!b.formula.empty())
            y_ = canvas_.paragraph(b.idle ? fonts_.small : fonts_.figures_small, {x, y_}, inner,
                                   b.idle ? theme_.muted : theme_.text, b.formula);
        if (!b.note.empty()) y_ = canvas_.paragraph(fonts_.small, {x, y_}, inner, theme_.muted, b.note);
        static const std::vector<bool> none;
        if (b.idle) {
            // Nothing was done: the value stands in the block above.
        } else if (b.number->in_hex()) {
            const auto drawn =
                screen_groups(canvas_, style, {x, y_}, inner, b.number->groups, b.changed ? *b.changed : none);
            y_ = drawn.foot;
            if (drawn.fold_clicked) *unfolded = !*unfolded;
        } else {
            y_ = canvas_.paragraph(fonts_.figures, {x, y_}, inner, theme_.text, b.number->decimal);
        }
        const float thick = (b.current ? 3.0F : 1.5F) * canvas_.line();
        canvas_.straight({f_.x + 0.3F * em_, top}, {f_.x + 0.3F * em_, y_}, b.mark, thick);
        y_ += 0.45F * em_;
    }

    ModexpFrame& f_;
    ScreenCanvas& canvas_;
    const Theme& theme_;
    const Fonts& fonts_;
    float em_, y_;
};

} // namespace

float draw_power_work(ModexpFrame& frame, float y, float room) {
    Work work(frame, y);
    return frame.model.current ? work.bit(room) : work.whole(room);
}

} // namespace keyhole::viz
