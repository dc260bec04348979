#include "viz/pages/attack/attack_page.hpp"

#include <array>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/attack/attack_view.hpp"
#include "viz/pages/attack/attack_work.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_frames{0.05};

class AttackPage final : public Page {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::enter}, "Enter", "search the key"},
            PageAction{{.key = Key::up}, "Up", "one bit more"},
            PageAction{{.key = Key::down}, "Down", "one bit less"},
            PageAction{{.key = key_of('a')}, "A", "find a"},
            PageAction{{.key = key_of('c')}, "C", "what searches"},
            PageAction{{.key = key_of('g')}, "G", "gently"},
            PageAction{{.key = key_of('<')}, "<", "smaller p"},
            PageAction{{.key = key_of('>')}, ">", "larger p"},
            PageAction{{.key = Key::escape}, "Esc", "stop"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (!attack_ || press.ctrl || press.alt) return false;
        if (press.key == Key::up || press.key == Key::down) {
            attack_->set_bits(static_cast<int>(attack_->bits()) + (press.key == Key::up ? 1 : -1));
        } else if (press.key == key_of('<') || press.key == key_of('>')) {
            attack_->set_size(attack_->size() + (press.key == key_of('>') ? 1 : -1));
        } else if (press.key == Key::enter) {
            attack_->start_search();
        } else if (press.key == key_of('c')) {
            attack_->next_devices();
        } else if (press.key == key_of('g')) {
            attack_->set_gentle(!attack_->gentle());
        } else if (press.key == key_of('a')) {
            attack_->start_log();
        } else if (press.key == Key::escape && attack_->work() != Attack::Work::none) {
            attack_->cancel();
        } else {
            return false;
        }
        context.requests.notice({});
        return true;
    }

    std::optional<Seconds> due() const override {
        return attack_ && attack_->work() != Attack::Work::none ? std::optional(now_ + between_frames) : std::nullopt;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        const Recording& r = context.trace.recording();
        if (session_ != context.session.id || messages_ != r.messages.size()) {
            begin(context);
            session_ = context.session.id;
            messages_ = r.messages.size();
        }
        attack_->poll();
        Rect room = free_room();
        if (attack_->found_key() && room.h > 14 * context.fonts.em) {
            const float found = draw_found_key(*attack_, context, room);
            room.y += found;
            room.h -= found;
        }
        const float gap = 1.2F * context.fonts.em;
        const bool narrow = room.w < 52 * context.fonts.em;
        // Hardly any room: all of it in one column, instead of two slivers.
        const bool one = narrow && room.h < 20 * context.fonts.em;
        const float left = narrow ? room.w : 0.46F * room.w;
        draw_column(context, "work", {room.x, room.y, left, narrow && !one ? 0.58F * room.h : room.h},
                    [&](ScreenCanvas& canvas) {
                        draw_attack_work(*attack_, context, canvas);
                        if (one) draw_attack_times(*attack_, canvas, 0);
                    });
        if (one) return;
        const Rect second = narrow ? Rect{room.x, room.y + 0.6F * room.h, room.w, 0.4F * room.h}
                                   : Rect{room.x + left + gap, room.y, room.w - left - gap, room.h};
        draw_column(context, "times", second,
                    [&](ScreenCanvas& canvas) { draw_attack_times(*attack_, canvas, second.h); });
    }

    void tick(Seconds now) override { now_ = now; }

  private:
    // With the next message of the same exchange the rates stay, and what the sliders say.
    void begin(const FrameContext& context) {
        std::optional<AttackRates> known;
        if (attack_ && session_ == context.session.id && attack_->rates().keys.median > 0) known = attack_->rates();
        auto next = std::make_unique<Attack>(context.trace, std::move(known));
        if (attack_) next->take_choices(*attack_);
        attack_ = std::move(next);
    }

    std::unique_ptr<Attack> attack_;
    std::uint64_t session_ = 0;
    std::size_t messages_ = 0;
    Seconds now_{0};
};

} // namespace

std::unique_ptr<Page> make_attack_page() { return std::make_unique<AttackPage>(); }

} // namespace keyhole::viz
