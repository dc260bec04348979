#include "viz/pages/attack/attack_page.hpp"

#include <algorithm>
#include <array>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/grown_picture.hpp"
#include "viz/pages/attack/attack_drawer.hpp"
#include "viz/pages/attack/attack_scene.hpp"
#include "viz/pages/attack/attack_view.hpp"
#include "viz/scene/scene_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_frames{0.05};
constexpr float low_hero = 24, low_picture = 23; // em

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
            PageAction{{.key = key_of('e')}, "E", "form, times, picture"},
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
        } else if (press.key == key_of('e')) {
            drawer_.turn();
        } else if (press.key == Key::escape && attack_->work() != Attack::Work::none) {
            attack_->cancel();
        } else {
            return false;
        }
        context.requests.notice({});
        return true;
    }

    std::optional<Seconds> due() const override {
        if (!attack_) return std::nullopt;
        if (attack_->work() != Attack::Work::none) return now_ + between_frames;
        return shown_ < found_ ? std::optional(found_at_ + static_cast<double>(shown_) * between_finds())
                               : std::nullopt;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        const Recording& r = context.trace.recording();
        if (session_ != context.session.id || messages_ != r.messages.size()) {
            begin(context);
            session_ = context.session.id;
            messages_ = r.messages.size();
        }
        attack_->poll();
        const AttackFound found = found_by(*attack_);
        disclose(found.count(), context.still);
        const float em = context.fonts.em;
        Rect room = free_room();
        if (found.key && shown_ >= shows_key(found) && room.h > 14 * em) {
            const float hero =
                draw_found_key(*attack_, context, room, shown_ > shows_key(found), room.h > low_hero * em);
            room.y += hero;
            room.h -= hero;
        }
        drawer_.fit(room, em, attack_times_height(em, attack_->times().size()),
                    attack_->target().parameters.has_value());
        if (const Rect picture = drawer_.picture(); picture.w > 0) {
            Scene scene = attack_scene(r, found, shown_);
            tell_attack(scene, *attack_);
            scene.dense = picture.h < low_picture * em;
            const bool works = attack_->work() == Attack::Work::search || attack_->work() == Attack::Work::log;
            const bool idle = !works && !attack_->waits() && attack_->words().empty();
            if (idle && drawer_.work().w <= 0 && drawer_.times().w <= 0)
                scene.verdict = "It has no key: Enter tries keys, A looks for a, E: the form.";
            if (scene.dense && found.key) scene.verdict.clear(); // the key stands above
            draw_grown(context, picture, [&](Canvas& canvas) {
                const float foot = draw_scene(canvas, scene, picture);
                // Type in which the handshake has no room is too large.
                const bool whole = scene.arrows.empty() || canvas.picture().find("arrow.1") != nullptr;
                return whole ? foot : picture.bottom() + em;
            });
        }
        const Rect work = drawer_.work(), times = drawer_.times();
        if (work.w > 0)
            draw_column(context, "work", work, [&](ScreenCanvas& canvas) {
                draw_attack_work(*attack_, context, canvas, drawer_.picture().w <= 0);
                if (drawer_.in_one()) draw_attack_times(*attack_, canvas, 0);
            });
        if (times.w > 0)
            draw_column(context, "times", times,
                        [&](ScreenCanvas& canvas) { draw_attack_times(*attack_, canvas, times.h); });
    }

    void tick(Seconds now) override { now_ = now; }

  private:
    // What was found comes into sight one by one, in a few seconds.
    Seconds between_finds() const { return std::min(Seconds(0.6), Seconds(6) / static_cast<double>(found_)); }
    void disclose(std::size_t found, bool at_once) {
        if (found_ != found) {
            found_ = found;
            found_at_ = now_;
        }
        shown_ = found;
        if (found == 0 || at_once) return;
        shown_ = std::min(found, 1 + static_cast<std::size_t>((now_ - found_at_) / between_finds()));
    }

    // With the next message of the same exchange the rates stay, and what the sliders say.
    void begin(const FrameContext& context) {
        std::optional<AttackRates> known;
        if (attack_ && session_ == context.session.id && attack_->rates().keys.median > 0) known = attack_->rates();
        auto next = std::make_unique<Attack>(context.trace, std::move(known));
        if (attack_) next->take_choices(*attack_);
        attack_ = std::move(next);
    }

    std::unique_ptr<Attack> attack_;
    AttackDrawer drawer_;
    std::size_t found_ = 0, shown_ = 0; // how much there is, how much of it is in sight
    Seconds found_at_{0};
    std::uint64_t session_ = 0;
    std::size_t messages_ = 0;
    Seconds now_{0};
};

} // namespace

std::unique_ptr<Page> make_attack_page() { return std::make_unique<AttackPage>(); }

} // namespace keyhole::viz
