#include "viz/pages/lab/difference_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/lab/difference_bench.hpp"

namespace keyhole::viz {
namespace {

class DifferenceView final : public LabView {
  public:
    bool busy() const override { return bench_.measuring(); }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('x')}, "X", "next classical one"},
            PageAction{{.key = key_of('e')}, "E", "edit the difference"},
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
        draw_column(context, "differences", room, [&](ScreenCanvas& canvas) {
            const float label = 8 * canvas.em();
            constexpr std::array<std::string_view, 5> names = {"1", "2", "3", "3, twin", "5"};
            const std::size_t lit = bench_.classical().value_or(names.size());
            const std::size_t chosen = choice(context, canvas, "Classical (X)", names, lit, label);
            if (chosen != lit) bench_.choose(chosen);
            text_field(
                context, canvas, ring_,
                {.label = "L and R (E)", .hint = "40080000 04000000", .fault = bench_.fault(), .label_width = label},
                bench_.input);
            bench_.refresh();
            canvas.paragraph(FontRole::text, Ink::muted, bench_.words());
            for (std::size_t n = 0; n < bench_.rounds().size(); ++n) round(canvas, n);
            end(canvas);
            if (flow_button(context, "Measure (Enter)", !bench_.measuring(), true)) bench_.measure();
            if (flow_button(context, "One round more (O)", bench_.rounds().size() < DifferenceBench::most_rounds,
                            false))
                bench_.set_rounds(bench_.rounds().size() + 1);
            if (flow_button(context, "One fewer (W)", bench_.rounds().size() > 1, false))
                bench_.set_rounds(bench_.rounds().size() - 1);
            if (scrolls_on_) scroll_on();
        });
        if (ring_.take_entered()) bench_.measure();
        scrolls_on_ = false;
        ring_.end();
    }

  private:
    // A round as the standard draws it: L on the left, R through f on the right, what f gives between them.
    void round(ScreenCanvas& canvas, std::size_t n) {
        const DifferenceRound& one = bench_.rounds()[n];
        const Rect room = free_room();
        const float em = canvas.em(), wide = 6 * em, high = 1.4F * em, gap = 2.2F * em;
        const Rect number{room.x, room.y, 2 * em, high}, left{number.right(), room.y, wide, high},
            f{left.right() + gap, room.y, wide + 2 * em, high}, right{f.right() + gap, room.y, wide, high};
        canvas.text(FontRole::figures_small, number.corner(), Ink::muted, fmt::to_string(n + 1));
        const auto value = [&](Rect rect, Ink ink, std::uint32_t difference) {
            canvas.box(rect, Ink::raised, ink);
            canvas.small_figures_within(rect.centre(), rect.w, difference == 0 ? Ink::faint : ink,
                                        fmt::format("{:08X}", difference));
        };
        value(left, Ink::left, one.before.left);
        value(right, Ink::right, one.before.right);
        const float middle = room.y + high / 2;
        canvas.arrow({right.x, middle}, {f.right(), middle}, Ink::right, canvas.line(), 0.5F * em, 0.25F * em);
        canvas.arrow({f.x, middle}, {left.right(), middle}, Ink::sbox, canvas.line(), 0.5F * em, 0.25F * em);
        const auto [clicked, hovered] = button_over(f, static_cast<int>(n));
        canvas.box(f, hovered ? Ink::current_tint : Ink::raised, Ink::sbox);
        canvas.small_figures_within(f.centre(), f.w, Ink::sbox, fmt::format("f {:08X}", one.output));
        if (hovered) ImGui::SetTooltip("a click takes the next difference that f may give here");
        canvas.text(FontRole::text, {right.right() + em, room.y + 0.2F * em}, Ink::text,
                    one.chance == 1   ? std::string("always")
                    : one.chance == 0 ? std::string("never")
                                      : fmt::format("1 in {:.4g}", 1 / one.chance));
        ImGui::SetCursorScreenPos({room.x, room.y + high + 0.5F * em});
        if (clicked) bench_.turn_output(n);
    }

    void end(ScreenCanvas& canvas) const {
        const lab::HalvesDifference after = bench_.after();
        canvas.paragraph(
            FontRole::figures_small, Ink::text,
            fmt::format("after {} rounds: {:08X} {:08X}", bench_.rounds().size(), after.left, after.right));
        const double chance = bench_.chance();
        canvas.paragraph(FontRole::title, Ink::sbox,
                         chance == 0 ? std::string("The product of the chances: never")
                                     : fmt::format("The product of the chances: 1 in {:.6g}", 1 / chance));
        canvas.paragraph(FontRole::text, Ink::text,
                         bench_.measuring()          ? fmt::format("{:.0f} % of the pairs tried", 100 * bench_.share())
                         : bench_.measured().empty() ? std::string("Not measured yet.")
                                                     : bench_.measured());
    }

    DifferenceBench bench_;
    FieldRing ring_;
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_difference_view() { return std::make_unique<DifferenceView>(); }

} // namespace keyhole::viz
