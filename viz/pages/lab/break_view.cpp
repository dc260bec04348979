#include "viz/pages/lab/break_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/lab/bench/break_bench.hpp"

namespace keyhole::viz {
namespace {

class BreakView final : public LabView {
  public:
    bool busy() const override { return bench_.running(); }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::enter}, "Enter", "attack"},
            PageAction{{.key = key_of('c')}, "C", "differential or linear"},
            PageAction{{.key = key_of('o')}, "O", "rounds"},
            PageAction{{.key = key_of('w')}, "W", "another key"},
            PageAction{{.key = Key::escape}, "Esc", "stop"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& /*context*/) override {
        if (press.ctrl || press.alt) return false;
        if (press.key == Key::enter) {
            bench_.start(choice_);
        } else if (press.key == key_of('c')) {
            choice_.kind = turned(choice_.kind, 2);
        } else if (press.key == key_of('o')) {
            choice_.rounds = choice_.rounds == 8 ? 4 : choice_.rounds + 2;
        } else if (press.key == key_of('w')) {
            ++choice_.seed;
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else if (press.key == Key::escape && bench_.running()) {
            bench_.cancel();
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect room) override {
        bench_.poll();
        draw_column(context, "break", room, [&](ScreenCanvas& canvas) {
            const float label = 6 * canvas.em();
            constexpr std::array<std::string_view, 2> kinds = {"differential", "linear"};
            choose(context, canvas, "Attack (C)", kinds, choice_.kind, label);
            constexpr std::array<std::string_view, 3> rounds = {"4", "6", "8"};
            const std::size_t chosen = choice(context, canvas, "Rounds (O)", rounds, choice_.rounds / 2 - 2, label);
            choice_.rounds = 4 + 2 * static_cast<unsigned>(chosen);
            canvas.paragraph(FontRole::small, Ink::muted, words_about(choice_));
            if (flow_button(context, "Attack (Enter)", true, true)) bench_.start(choice_);
            if (flow_button(context, "Stop (Esc)", bench_.running(), false)) bench_.cancel();
            if (flow_button(context, "Another key (W)", true, false)) ++choice_.seed;
            state(canvas);
            if (bench_.is_about(choice_))
                for (const BreakBars& group : bench_.picture().groups) bars(canvas, group);
            if (scrolls_on_) scroll_on();
        });
        scrolls_on_ = false;
    }

  private:
    void state(ScreenCanvas& canvas) const {
        if (bench_.running()) {
            canvas.paragraph(FontRole::text, Ink::text, bench_.progress());
        } else if (bench_.is_about(choice_)) {
            canvas.paragraph(FontRole::title, bench_.failed() ? Ink::error : Ink::key, bench_.outcome());
        } else {
            canvas.paragraph(
                FontRole::text, Ink::muted,
                fmt::format("Key number {} is drawn when it starts. The attack gets only texts.", choice_.seed));
        }
    }

    // The highest counters of a group, and how high the right one should be.
    static void bars(ScreenCanvas& canvas, const BreakBars& group) {
        const float em = canvas.em();
        canvas.paragraph(FontRole::small, Ink::muted, fmt::format("{} ({:.0f} expected)", group.title, group.expected));
        const Rect room = free_room();
        const float width = std::min(room.w / static_cast<float>(std::max<std::size_t>(group.bars.size(), 1)), 5 * em),
                    height = 4 * em;
        double most = std::max(group.expected, 1.0);
        for (const BreakBar& bar : group.bars) most = std::max(most, bar.count);
        const auto high = [&](double count) { return height * static_cast<float>(count / most); };
        for (std::size_t i = 0; i < group.bars.size(); ++i) {
            const BreakBar& bar = group.bars[i];
            const float x = room.x + width * static_cast<float>(i);
            canvas.box({x + 0.1F * width, room.y + height - high(bar.count), 0.8F * width, high(bar.count)},
                       bar.right ? Paint(Ink::key) : Paint(Ink::plain, 0.55F), Ink::none);
            canvas.small_figures_within({x + width / 2, room.y + height + 0.6F * em}, width,
                                        bar.right ? Ink::key : Ink::muted, bar.subkey);
        }
        const float line = room.y + height - high(group.expected);
        canvas.straight({room.x, line}, {room.x + width * static_cast<float>(group.bars.size()), line}, Ink::current,
                        canvas.line());
        ImGui::Dummy({1, height + 1.6F * em});
    }

    BreakBench bench_;
    BreakChoice choice_;
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_break_view() { return std::make_unique<BreakView>(); }

} // namespace keyhole::viz
