#include "viz/pages/lab/difference_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/frame/field_view.hpp"
#include "viz/pages/lab/bench/difference_bench.hpp"
#include "viz/pages/lab/bench/difference_picture.hpp"
#include "viz/pages/lab/beside.hpp"

namespace keyhole::viz {
namespace {

class DifferenceView final : public LabView {
  public:
    bool busy() const override { return bench_.measuring(); }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('x')}, "X", "next classical one"},
            PageAction{{.key = key_of('e')}, "E", "edit the difference"},
            PageAction{{.key = key_of('c')}, "C", "next round"},
            PageAction{{.key = key_of('i')}, "I", "next active box"},
            PageAction{{.key = key_of('u')}, "U", "its next output"},
            PageAction{{.key = key_of('o')}, "O", "one round more"},
            PageAction{{.key = key_of('w')}, "W", "one round fewer"},
            PageAction{{.key = Key::enter}, "Enter", "measure"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& /*context*/) override {
        if (press.ctrl || press.alt) return false;
        if (ring_.press(press)) return true;
        if (ring_.editing()) return false;
        if (press.key == key_of('x')) {
            bench_.choose(bench_.classical() ? *bench_.classical() + 1 : 0);
        } else if (press.key == key_of('e')) {
            ring_.focus(0);
        } else if (press.key == key_of('c')) {
            round_ = (shown_round() + 1) % bench_.rounds().size();
        } else if (press.key == key_of('i')) {
            box_ = next_active_box();
        } else if (press.key == key_of('u')) {
            if (const auto box = active_box()) bench_.turn_box(shown_round(), *box);
        } else if (press.key == key_of('o')) {
            bench_.set_rounds(bench_.rounds().size() + 1);
        } else if (press.key == key_of('w')) {
            bench_.set_rounds(bench_.rounds().size() - 1);
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect room) override {
        bench_.poll();
        ring_.begin();
        Item on_row = 0;
        const Item on_round =
            draw_beside(context, room,
                        {.id = "differences",
                         .column = [&](ScreenCanvas& canvas) { on_row = draw_controls(context, canvas); },
                         .picture =
                             [&](Canvas& canvas, Rect area) {
                                 return draw_difference_round(canvas, bench_, shown_round(), active_box(), area);
                             },
                         .scrolls_on = scrolls_on_});
        for (const Item clicked : {on_row, on_round}) act_on(clicked);
        if (ring_.take_entered()) bench_.measure();
        scrolls_on_ = false;
        ring_.end();
    }

  private:
    Item draw_controls(FrameContext& context, ScreenCanvas& canvas) {
        const float label = 7 * canvas.em();
        constexpr std::array<std::string_view, 5> names = {"1", "2", "3", "3, twin", "5"};
        const std::size_t lit = bench_.classical().value_or(names.size());
        const std::size_t chosen = choice(context, canvas, "Classical (X)", names, lit, label);
        if (chosen != lit) bench_.choose(chosen);
        text_field(context, canvas, ring_,
                   {.label = "L and R (E)", .hint = "40080000 04000000", .fault = bench_.fault(), .label_width = label},
                   bench_.input);
        bench_.refresh();
        canvas.paragraph(FontRole::text, Ink::muted, bench_.words());
        const Item clicked = draw_in_flow(
            context, [&](Canvas& on, Rect area) { return draw_difference_rows(on, bench_, shown_round(), area); });
        end(canvas);
        if (flow_button(context, "Measure (Enter)", !bench_.measuring(), true)) bench_.measure();
        if (flow_button(context, "One more (O)", bench_.rounds().size() < DifferenceBench::most_rounds, false))
            bench_.set_rounds(bench_.rounds().size() + 1);
        if (flow_button(context, "One fewer (W)", bench_.rounds().size() > 1, false))
            bench_.set_rounds(bench_.rounds().size() - 1);
        canvas.paragraph(FontRole::small, Ink::muted,
                         "A click on a row makes that round large; on a lit box it takes the next difference that the "
                         "box may give; on a bit of L\u2080 or R\u2080, in round 1, it turns that bit over.");
        return clicked;
    }

    void end(ScreenCanvas& canvas) const {
        const double chance = bench_.chance();
        canvas.paragraph(FontRole::title, chance == 0 ? Ink::error : Ink::sbox,
                         fmt::format("The product of the chances: {}", chance_words(chance)));
        canvas.paragraph(FontRole::text, Ink::text,
                         bench_.measuring()          ? fmt::format("{:.0f} % of the pairs tried", 100 * bench_.share())
                         : bench_.measured().empty() ? std::string("Not measured yet.")
                                                     : bench_.measured());
    }

    void act_on(Item clicked) {
        const auto part = difference_part(clicked);
        if (!part) return;
        switch (part->kind) {
            case DifferencePart::Kind::bit: return bench_.flip(part->number);
            case DifferencePart::Kind::box: box_ = part->number; return bench_.turn_box(shown_round(), part->number);
            case DifferencePart::Kind::round: round_ = part->number - 1; return;
        }
    }

    // The bench may have fewer rounds by now, and other boxes may be active.
    std::size_t shown_round() const { return std::min(round_, bench_.rounds().size() - 1); }
    bool is_active(unsigned box) const { return bench_.rounds()[shown_round()].boxes[box - 1].active(); }
    std::optional<unsigned> active_box() const {
        if (box_ && is_active(*box_)) return box_;
        return next_active_box();
    }
    std::optional<unsigned> next_active_box() const {
        for (unsigned step = 1; step <= 8; ++step) {
            const unsigned box = (box_.value_or(8) - 1 + step) % 8 + 1;
            if (is_active(box)) return box;
        }
        return std::nullopt;
    }

    DifferenceBench bench_;
    FieldRing ring_;
    std::size_t round_ = 0;
    std::optional<unsigned> box_; // the one that was clicked or chosen last
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_difference_view() { return std::make_unique<DifferenceView>(); }

} // namespace keyhole::viz
