#include "viz/pages/live/live_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/grown_picture.hpp"
#include "viz/pages/live/live_scene.hpp"
#include "viz/pages/live/live_views.hpp"
#include "viz/scene/scene_picture.hpp"

namespace keyhole::viz {
namespace {

class LivePage final : public Page {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('n')}, "N", "perform"},
            PageAction{{.key = key_of('r')}, "R", "run or step"},
            PageAction{{.key = key_of('e')}, "E", "say"},
            PageAction{{.key = key_of('q')}, "Q", "bye"},
            PageAction{{.key = key_of('c')}, "C", "again"},
            PageAction{{.key = key_of('s')}, "S", "another exchange"},
            PageAction{{.key = Key::page_up}, "PageUp", "client before"},
            PageAction{{.key = Key::page_down}, "PageDown", "next client"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        if (fields_.press(press)) return true;
        if (fields_.editing()) return false;
        if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else if (press.key == key_of('e')) {
            fields_.focus(0);
        } else if (context.live.started() && !setting_up_) {
            return press_started(press, context);
        } else if (press.key == key_of('w')) {
            setup_.role = other(setup_.role);
        } else if (press.key == key_of('o')) {
            const auto at = static_cast<std::size_t>(std::ranges::find(chat_modes, setup_.mode) - chat_modes.begin());
            setup_.mode = chat_modes.at((at + 1) % chat_modes.size());
        } else if (press.key == key_of('u')) {
            setup_.kdf = turned(setup_.kdf, 2);
        } else if (press.key == key_of('s') && context.live.started()) {
            setting_up_ = false;
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        const float em = context.fonts.em;
        const Rect room = free_room();
        const bool beginning = !context.live.started() || setting_up_;
        // The picture needs width and height; without them it is words and fields alone.
        const bool narrow = room.w < 52 * em, pictured = !narrow && room.h > 18 * em;
        const float gap = 1.4F * em, picture = pictured ? 0.58F * room.w : 0;
        const std::vector<std::string> commands =
            context.live.chosen() == nullptr ? commands_to_type(context.live) : std::vector<std::string>();
        if (pictured) draw_scene_of(context, commands, {room.x, room.y, picture, room.h});
        const Rect rest{room.x + (pictured ? picture + gap : 0), room.y, room.w - (pictured ? picture + gap : 0),
                        room.h};
        const bool beside = !pictured && !narrow;
        const float heading = 4 * em; // where nobody is there the list is no more
        const float share = context.live.parties().empty() ? 1 - heading / std::max(rest.h, 2 * heading)
                            : narrow                       ? 0.78F
                            : beginning                    ? 0.66F
                                                           : 0.6F;
        const Rect upper =
            beside ? Rect{rest.x, rest.y, 0.52F * rest.w, rest.h} : Rect{rest.x, rest.y, rest.w, share * rest.h};
        const Rect lower = beside ? Rect{upper.right() + gap, rest.y, rest.w - upper.w - gap, rest.h}
                                  : Rect{rest.x, upper.bottom() + 0.5F * em, rest.w, rest.h - upper.h - 0.5F * em};
        fields_.begin();
        draw_column(context, "turn", upper, [&](ScreenCanvas& canvas) {
            beginning ? set_up(context, canvas) : exchange(context, canvas, commands);
            if (scrolls_on_) scroll_on();
        });
        draw_column(context, "people", lower, [&](ScreenCanvas& canvas) {
            const std::uint64_t chosen = context.live.chosen() == nullptr ? 0 : context.live.chosen()->id();
            const std::uint64_t before = std::exchange(listed_, chosen);
            draw_live_people(context, canvas, before != 0 && before != chosen);
            if (scrolls_on_) scroll_on();
        });
        scrolls_on_ = false;
        if (fields_.take_entered()) beginning ? begin(context) : say(context);
        fields_.end();
    }

  private:
    // The two with what they know; while nobody is there, what somebody has to type.
    static void draw_scene_of(FrameContext& context, const std::vector<std::string>& commands, Rect room) {
        const LiveController& live = context.live;
        Scene scene = live_scene(live, context.session.viewer == Viewer::eavesdropper);
        if (!commands.empty()) scene.verdict.clear();
        draw_grown(context, room, [&](Canvas& canvas) {
            const float em = canvas.em();
            const float line = 1.4F * canvas.height(FontRole::figures_large);
            const float below = commands.empty() ? 0 : line * static_cast<float>(commands.size()) + 2 * em;
            float y = draw_scene(canvas, scene, {room.x, room.y, room.w, room.h - below});
            if (commands.empty()) return y;
            canvas.text_centred(FontRole::text, {room.centre().x, y + 0.6F * em}, Ink::muted,
                                "At the other machine, type:");
            y += 1.5F * em;
            for (const std::string& command : commands) {
                const FontRole font = canvas.largest(command, room.w, {FontRole::figures_large, FontRole::figures});
                canvas.text_centred(font, {room.centre().x, y + line / 2}, Ink::current, command);
                y += line;
            }
            return y;
        });
    }

    bool press_started(const KeyPress& press, FrameContext& context) {
        if (press.key == Key::right || press.key == Key::space) {
            context.requests.run(Command::perform);
        } else if (press.key == key_of('q')) {
            context.requests.live([](LiveController& live) { live.bye(); });
        } else if (press.key == key_of('c')) {
            context.requests.live([](LiveController& live) { live.again(); });
        } else if (press.key == key_of('s')) {
            begin_setup(context);
        } else if (press.key == Key::page_up || press.key == Key::page_down) {
            choose_by(context, press.key == Key::page_up ? -1 : 1);
        } else {
            return false;
        }
        return true;
    }

    void choose_by(FrameContext& context, int by) {
        std::vector<const LiveParty*> rows; // as they stand in the list
        for (const auto& party : context.live.parties()) rows.push_back(party.get());
        if (rows.empty()) return;
        std::stable_partition(rows.begin(), rows.end(), [](const LiveParty* party) { return !party->over(); });
        const auto now = std::ranges::find(rows, context.live.chosen());
        const auto last = static_cast<std::ptrdiff_t>(rows.size()) - 1;
        const auto at = now == rows.end() ? last : now - rows.begin() + by;
        context.requests.live([id = rows[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, last))]->id()](
                                  LiveController& live) { live.choose(id); });
    }

    void begin_setup(const FrameContext& context) {
        setting_up_ = true;
        setup_.take(context.live.options());
    }

    void set_up(FrameContext& context, ScreenCanvas& canvas) {
        const SetupAsked asked = draw_live_setup(context, canvas, fields_, setup_);
        if (asked.begin) begin(context);
        if (asked.leave) setting_up_ = false;
    }

    void begin(FrameContext& context) {
        if (auto options = setup_.options()) {
            options->stepping = context.live.stepping();
            context.requests.live([begun = std::move(*options)](LiveController& live) { live.start(begun); });
            setting_up_ = false;
            compat::leave_field();
        }
    }

    void say(FrameContext& context) {
        say_fault_.clear();
        if (!text_.empty()) context.requests.live([this](LiveController& live) { say(live); });
    }

    void say(LiveController& live) {
        try {
            if (live.say(text_)) {
                text_.clear();
                compat::clear_field();
            } else {
                say_fault_ = "nobody is there to say it to";
            }
        } catch (const Error& error) {
            say_fault_ = error.what();
        }
        fault_party_ = live.chosen() != nullptr ? live.chosen()->id() : 0;
    }

    void exchange(FrameContext& context, ScreenCanvas& canvas, const std::vector<std::string>& commands) {
        draw_live_state(context, canvas, commands);
        actions(context);
        const LiveParty* party = context.live.chosen();
        if (party == nullptr) return;
        context.session.viewer == Viewer::eavesdropper ? draw_overheard(canvas, *party) : chat(context, canvas, *party);
    }

    void actions(FrameContext& context) {
        const LiveController& live = context.live;
        const LiveParty* party = live.chosen();
        const bool open = party != nullptr && !party->over();
        ImGui::Dummy({1, 0.2F * context.fonts.em});
        if (flow_button(context, "Perform (N)", party != nullptr && party->ready(), true))
            context.requests.run(Command::perform);
        if (flow_button(context, live.stepping() ? "Let it run (R)" : "Step by step (R)", true, false))
            context.requests.run(Command::run_mode);
        if (flow_button(context, "Bye (Q)", open, false))
            context.requests.live([](LiveController& controller) { controller.bye(); });
        if (flow_button(context, live.options().role == Role::server ? "Listen again (C)" : "Connect again (C)", true,
                        false))
            context.requests.live([](LiveController& controller) { controller.again(); });
        if (flow_button(context, "Another (S)", true, false)) begin_setup(context);
        ImGui::Dummy({1, 0.2F * context.fonts.em});
    }

    void chat(FrameContext& context, ScreenCanvas& canvas, const LiveParty& party) {
        if (party.id() != fault_party_) say_fault_.clear(); // it was about somebody else, or nobody
        text_field(context, canvas, fields_,
                   {.label = "Say (E)",
                    .hint = "a text, Enter; Esc leaves",
                    .fault = say_fault_,
                    .label_width = 4.2F * canvas.em(),
                    .stays = true},
                   text_);
        if (party.party().unsent_texts() > 0)
            canvas.paragraph(FontRole::small, Ink::muted,
                             fmt::format("{} to be sent", counted(party.party().unsent_texts(), "text")));
        Rect room = free_room();
        room.h = std::max(room.h, 2.6F * canvas.em());
        draw_column(context, "lines", room, [&](ScreenCanvas& inner) {
            const Role own = party.party().role();
            for (const LiveLine& line : party.lines()) {
                const Paint ink = line.kind == LiveLine::Kind::fault  ? Ink::error
                                  : line.kind == LiveLine::Kind::note ? Ink::muted
                                                                      : Ink::text;
                const Role speaker = line.kind == LiveLine::Kind::own ? own : other(own);
                const bool spoken = line.kind == LiveLine::Kind::own || line.kind == LiveLine::Kind::peer;
                inner.paragraph(FontRole::text, ink, (spoken ? fmt::format("{}> ", name(speaker)) : "") + line.text);
            }
            if (scrolled_lines_ != party.lines_ever() || scrolled_party_ != party.id()) ImGui::SetScrollHereY(1);
            scrolled_lines_ = party.lines_ever();
            scrolled_party_ = party.id();
        });
    }

    LiveSetup setup_;
    std::string text_, say_fault_;
    FieldRing fields_;
    bool setting_up_ = false, scrolls_on_ = false;
    std::uint64_t scrolled_party_ = 0, listed_ = 0;
    std::uint64_t scrolled_lines_ = 0;
    std::uint64_t fault_party_ = 0; // whom say_fault_ is about
};

} // namespace

std::unique_ptr<Page> make_live_page() { return std::make_unique<LivePage>(); }

} // namespace keyhole::viz
