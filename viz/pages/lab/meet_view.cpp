#include "viz/pages/lab/meet_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/frame/field_view.hpp"
#include "viz/pages/lab/bench/meet_bench.hpp"
#include "viz/pages/lab/bench/meet_picture.hpp"
#include "viz/pages/lab/beside.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_keys_shown = 4;

class MeetView final : public LabView {
  public:
    bool busy() const override { return bench_.running(); }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::enter}, "Enter", "attack"},
            PageAction{{.key = key_of('o')}, "O", "unknown bits"},
            PageAction{{.key = key_of('c')}, "C", "known bits right or wrong"},
            PageAction{{.key = key_of('w')}, "W", "other keys"},
            PageAction{{.key = Key::escape}, "Esc", "stop"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& /*context*/) override {
        if (press.ctrl || press.alt) return false;
        if (press.key == Key::enter) {
            bench_.start(choice_);
        } else if (press.key == key_of('o')) {
            choice_.unknown_bits = meet_sizes[(size() + 1) % meet_sizes.size()];
        } else if (press.key == key_of('c')) {
            choice_.one_wrong = !choice_.one_wrong;
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
        const MeetSeen before{
            .question = {.pairs = {}, .unknown_bits = choice_.unknown_bits}, .state = {.left = {0, 0}}, .keys = {}};
        draw_beside(context, room,
                    {.id = "meet",
                     .column = [&](ScreenCanvas& canvas) { draw_controls(context, canvas); },
                     .picture =
                         [&](Canvas& canvas, Rect area) {
                             const bool there = bench_.is_about(choice_) && !bench_.seen().question.pairs.empty();
                             return draw_meet(canvas, there ? bench_.seen() : before, area);
                         },
                     .scrolls_on = scrolls_on_});
        scrolls_on_ = false;
    }

  private:
    std::size_t size() const {
        return static_cast<std::size_t>(std::ranges::find(meet_sizes, choice_.unknown_bits) - meet_sizes.begin());
    }

    void draw_controls(FrameContext& context, ScreenCanvas& canvas) {
        const float label = 7.5F * canvas.em();
        constexpr std::array<std::string_view, meet_sizes.size()> sizes = {"8", "12", "16", "20", "22", "24"};
        choice_.unknown_bits = meet_sizes[choice(context, canvas, "Unknown (O)", sizes, size(), label)];
        constexpr std::array<std::string_view, 2> known = {"right", "one wrong"};
        choose(context, canvas, "Known (C)", known, choice_.one_wrong, label);
        canvas.paragraph(FontRole::small, Ink::muted, words_about(choice_));
        if (flow_button(context, "Attack (Enter)", true, true)) bench_.start(choice_);
        if (flow_button(context, "Stop (Esc)", bench_.running(), false)) bench_.cancel();
        if (flow_button(context, "Other keys (W)", true, false)) ++choice_.seed;
        if (bench_.running()) {
            canvas.paragraph(FontRole::text, Ink::text, bench_.progress());
        } else if (bench_.is_about(choice_)) {
            const auto& keys = bench_.seen().keys;
            canvas.paragraph(FontRole::title, bench_.failed() || keys.empty() ? Ink::error : Ink::key,
                             bench_.outcome());
            for (std::size_t i = 0; keys.size() > 1 && i < std::min(keys.size(), most_keys_shown); ++i)
                canvas.paragraph(FontRole::figures_small, Ink::key,
                                 fmt::format("{:016X} {:016X}", keys[i].first, keys[i].second));
        } else {
            canvas.paragraph(FontRole::text, Ink::muted,
                             fmt::format("Keys number {} are drawn when it starts. The attack gets two pairs of texts, "
                                         "and all bits of the keys but the unknown ones.",
                                         choice_.seed));
        }
    }

    MeetBench bench_;
    MeetChoice choice_;
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_meet_view() { return std::make_unique<MeetView>(); }

} // namespace keyhole::viz
