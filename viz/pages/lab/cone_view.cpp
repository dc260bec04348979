#include "viz/pages/lab/cone_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/error.hpp"
#include "core/lab/cone/cone_address.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/cone_wish.hpp"
#include "viz/frame/field_view.hpp"

namespace keyhole::viz {
namespace {

class ConeView final : public LabView {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('e')}, "E", "edit the bit"},
            PageAction{{.key = key_of('o')}, "O", "the step shown"},
            PageAction{{.key = key_of('x')}, "X", "next bit"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        if (ring_.press(press)) return true;
        if (ring_.editing()) return false;
        if (press.key == key_of('e')) {
            ring_.focus(0);
        } else if (press.key == key_of('o')) {
            typed_ = context.step.address + "#1";
        } else if (press.key == key_of('x')) {
            next_bit(context.trace);
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect room) override {
        ConeWish& wish = context.state.of<ConeWish>();
        if (!wish.bit.empty()) typed_ = std::exchange(wish.bit, {});
        if (typed_.empty()) typed_ = first_bit(context.trace);
        read(context);
        ring_.begin();
        draw_column(context, "cone", room, [&](ScreenCanvas& canvas) {
            text_field(context, canvas, ring_,
                       {.label = "Bit (E)", .hint = "ADDRESS#BIT", .fault = fault_, .label_width = 5 * canvas.em()},
                       typed_);
            if (flow_button(context, "The step shown (O)", true, true)) typed_ = context.step.address + "#1";
            if (flow_button(context, "Next bit (X)", true, false)) next_bit(context.trace);
            if (!map_.can.empty()) ladder(canvas);
            if (scrolls_on_) scroll_on();
        });
        ring_.take_entered();
        scrolls_on_ = false;
        ring_.end();
    }

  private:
    static std::string first_bit(const Trace& trace) {
        for (const char* const address :
             {"message.1/encrypt/block.1/round.1/sbox.1", "message.1/decrypt/block.1/round.1/sbox.1"}) {
            if (trace.tree().find(address)) return fmt::format("{}#1", address);
        }
        return {};
    }

    void read(const FrameContext& context) {
        if (typed_ == read_ && session_ == context.session.id) return;
        read_ = typed_;
        session_ = context.session.id;
        fault_.clear();
        try {
            map_ = lab::cone_map(context.trace, lab::cone_step(context.trace, typed_));
        } catch (const Error& error) {
            fault_ = error.what();
        }
    }

    void next_bit(const Trace& trace) {
        try {
            const lab::ConeStep step = lab::cone_step(trace, typed_);
            const std::size_t hash = typed_.find('#');
            const unsigned most = *lab::cone_bits(step.node),
                           now = static_cast<unsigned>(std::stoul(typed_.substr(hash + 1)));
            typed_ = fmt::format("{}#{}", typed_.substr(0, hash), now % most + 1);
        } catch (const Error&) {
            ring_.focus(0); // what is wrong stands below the field
        }
    }

    // A row of 64 cells for L and R after each round: what can depend is tinted, what does here is filled.
    void ladder(ScreenCanvas& canvas) const {
        const float em = canvas.em();
        canvas.paragraph(
            FontRole::small, Ink::muted,
            "L and R after each round. Above the line: the bits on which it depends. Below: those that depend "
            "on it. Tinted: by the wiring; filled: here, each turned over and tried.");
        const Rect room = free_room();
        const float label = 2.5F * em, figures = 7 * em,
                    cell = std::clamp((room.w - label - figures) / 66, 3.0F, 1.1F * em),
                    row = std::max(1.25F * cell, 0.95F * em);
        for (std::size_t n = 0; n < map_.can.size(); ++n) {
            const float y = room.y + row * static_cast<float>(n);
            canvas.text_to_right(FontRole::figures_small, {room.x + label - 0.5F * em, y + row / 2}, Ink::muted,
                                 fmt::to_string(n));
            const bool forward = n >= map_.forward;
            for (unsigned i = 0; i < 64; ++i) {
                const bool can = (map_.can[n] >> (63 - i) & 1) != 0, does = (map_.does[n] >> (63 - i) & 1) != 0;
                const float x = room.x + label + cell * (static_cast<float>(i) + (i < 32 ? 0.0F : 1.5F));
                const Ink ink = forward ? Ink::current : i < 32 ? Ink::left : Ink::right;
                canvas.box({x, y + 0.1F * row, 0.9F * cell, 0.8F * row},
                           does  ? Paint(ink)
                           : can ? Paint(ink, 0.28F)
                                 : Paint(Ink::raised),
                           Ink::none);
            }
            canvas.text(FontRole::figures_tiny, {room.x + label + 66 * cell + 0.4F * em, y + 0.2F * row}, Ink::text,
                        fmt::format("{} can, {} {}", std::popcount(map_.can[n]), std::popcount(map_.does[n]),
                                    std::popcount(map_.does[n]) == 1 ? "does" : "do"));
            if (n == map_.forward)
                canvas.straight({room.x, y}, {room.x + label + 66 * cell, y}, Ink::current, canvas.line());
        }
        ImGui::Dummy({1, row * static_cast<float>(map_.can.size()) + 0.5F * em});
    }

    FieldRing ring_;
    std::string typed_, read_, fault_;
    std::uint64_t session_ = 0;
    lab::ConeMap map_; // of the last bit that was right
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_cone_view() { return std::make_unique<ConeView>(); }

} // namespace keyhole::viz
