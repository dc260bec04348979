#include "viz/pages/classroom/class_page.hpp"

#include <fmt/format.h>

#include <array>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/grown_picture.hpp"
#include "viz/pages/classroom/class_model.hpp"
#include "viz/pages/classroom/class_picture.hpp"

namespace keyhole::viz {
namespace {

using State = classroom::Room::State;

class ClassPage final : public Page {
  public:
    void set_wake(std::function<void()> wake) override { model_.controller().set_wake(std::move(wake)); }

    void begin_with(std::string_view words) override {
        model_.listen = words;
        model_.start();
    }

    void after_frame(const Session& shown, LectureCover cover) override {
        if (!model_.running()) return;
        model_.controller().show(shown.recording, shown.id << 32U | shown.grown, shown.cursor.address(), cover);
    }

    std::string notice() const override {
        if (!model_.running()) return model_.state().error;
        const ClassState& state = model_.state();
        if (!state.error.empty()) return state.error;
        if (state.addresses.empty()) return {};
        return state.asked == State::open
                   ? fmt::format("Question {}: {} of {} answered.", state.number, state.answered, state.here)
                   : fmt::format("{} in the class.", counted(state.here, "student"));
    }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('e')}, "E", "edit"},
            PageAction{{.key = Key::enter}, "Enter", "begin, ask"},
            PageAction{{.key = key_of('a')}, "A", "ask for the value"},
            PageAction{{.key = key_of('v')}, "V", "the next value"},
            PageAction{{.key = key_of('x')}, "X", "close the question"},
            PageAction{{.key = key_of('u')}, "U", "uncover the answer"},
            PageAction{{.key = key_of('w')}, "W", "show the address"},
            PageAction{{.key = key_of('s')}, "S", "end the class"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        if (fields_.press(press)) return true;
        if (fields_.editing()) return false;
        const bool running = model_.running();
        if (press.key == key_of('e') || press.key == Key::tab) {
            fields_.focus(0);
        } else if (press.key == key_of('a') && running) {
            ask(context);
        } else if (press.key == key_of('v') && running) {
            model_.choose_by(1);
        } else if (press.key == key_of('x') && running) {
            model_.controller().close_question();
        } else if (press.key == key_of('u') && running) {
            model_.controller().reveal();
        } else if (press.key == key_of('w') && running) {
            invites_ = !invites_;
        } else if (press.key == key_of('s') && running) {
            model_.controller().stop();
        } else {
            return false;
        }
        return true;
    }

    void tick(Seconds /*now*/) override { model_.update(); }

    void draw(FrameContext& context, Rect /*room*/) override {
        fields_.begin();
        model_.stand_at(context.trace, context.cursor.node());
        const Rect room = free_room();
        const float em = context.fonts.em, gap = 1.2F * em;
        const bool wide = room.w >= 46 * em, pictured = model_.can_ask() && (wide || room.h >= 26 * em);
        const Rect picture = !pictured ? Rect{room.x, room.y, 0, 0}
                             : wide    ? Rect{room.x, room.y, 0.62F * room.w, room.h}
                                       : Rect{room.x, room.y, room.w, 0.55F * room.h};
        if (pictured) draw_hall(context, picture);
        const Rect rest = !pictured ? room
                          : wide    ? Rect{picture.right() + gap, room.y, room.w - picture.w - gap, room.h}
                                 : Rect{room.x, picture.bottom() + 0.4F * em, room.w, room.h - picture.h - 0.4F * em};
        draw_column(context, "class", rest, [&](ScreenCanvas& canvas) {
            canvas.paragraph(FontRole::title, Ink::text, "The class");
            if (!model_.state().error.empty()) canvas.paragraph(FontRole::text, Ink::error, model_.state().error);
            model_.running() ? lead(context, canvas) : begin(context, canvas);
        });
        fields_.end();
        if (fields_.take_entered()) enter(context);
    }

  private:
    void enter(FrameContext& context) {
        if (!model_.running()) {
            start(context);
        } else {
            model_.ask_choices(context.step.address);
            invites_ = false;
        }
    }

    void start(FrameContext& context) {
        if (model_.start()) context.requests.notice({});
        invites_ = true;
    }

    void ask(FrameContext& context) {
        model_.ask_value(context.trace, context.cursor.node());
        invites_ = false;
    }

    // What the hall is to see: how to come in, or what is asked.
    void draw_hall(FrameContext& context, Rect area) {
        const ClassState& state = model_.state();
        const bool invites = invites_ || state.asked == State::none;
        if (invites && code_of_ != state.addresses.front()) {
            code_of_ = state.addresses.front();
            code_ = classroom::qr_code(code_of_);
        }
        draw_grown(context, area, [&](Canvas& canvas) {
            return invites ? draw_invitation(canvas, area, state, code_) : draw_answers(canvas, area, state);
        });
    }

    void begin(FrameContext& context, ScreenCanvas& canvas) {
        canvas.paragraph(FontRole::small, Ink::muted,
                         "Students open one address in a browser: they follow this window, look around by themselves, "
                         "and answer what you ask about the step. What M masks is not sent to them; all else that the "
                         "window shows is. No student installs anything.");
        text_field(context, canvas, fields_,
                   {.label = "Listen on (E)",
                    .hint = "HOST:PORT",
                    .fault = model_.listen_error,
                    .label_width = 7.5F * canvas.em()},
                   model_.listen);
        canvas.paragraph(FontRole::small, Ink::muted,
                         "0.0.0.0 is every address of this machine; 127.0.0.1 is for trying it out alone.");
        if (flow_button(context, "Begin (Enter)", true, true)) start(context);
    }

    void lead(FrameContext& context, ScreenCanvas& canvas) {
        const ClassState& state = model_.state();
        if (state.addresses.empty()) return canvas.paragraph(FontRole::text, Ink::muted, "Looking up the address ..");
        canvas.paragraph(FontRole::text, Ink::current, state.addresses.front());
        canvas.paragraph(
            FontRole::small, Ink::muted,
            fmt::format("{} here, {} following. {}", counted(state.here, "student"), counted(state.followers, "device"),
                        state.has_window ? "Their page opens the window, too."
                                         : "They have the plain page; ./dev web builds the window for them."));
        ImGui::Dummy({1, 0.3F * canvas.em()});
        canvas.paragraph(FontRole::text, Ink::text, "Ask about: " + context.step.title);
        std::vector<std::string_view> names(model_.values().begin(), model_.values().end());
        if (!names.empty()) {
            model_.choose(choice(context, canvas, "Value (V)", names, model_.chosen(), 5.5F * canvas.em()));
            if (flow_button(context, "Ask (A)", true, true)) ask(context);
        }
        text_field(context, canvas, fields_,
                   {.label = "or choices (E)",
                    .hint = "yes | *no",
                    .fault = model_.choices_error,
                    .label_width = 5.5F * canvas.em()},
                   model_.choices);
        canvas.paragraph(FontRole::small, Ink::muted, "A star marks the right choice; Enter asks.");
        ImGui::Dummy({1, 0.3F * canvas.em()});
        if (flow_button(context, "Close (X)", state.asked == State::open, true)) model_.controller().close_question();
        if (flow_button(context, "Uncover (U)", state.asked == State::open || state.asked == State::closed, false))
            model_.controller().reveal();
        if (flow_button(context, invites_ ? "Question (W)" : "Address (W)", state.asked != State::none, false))
            invites_ = !invites_;
        if (flow_button(context, "End the class (S)", true, false)) return model_.controller().stop();
        people(canvas);
    }

    void people(ScreenCanvas& canvas) {
        ImGui::Dummy({1, 0.4F * canvas.em()});
        const auto& students = model_.state().students;
        if (students.empty()) canvas.paragraph(FontRole::small, Ink::muted, "Nobody has joined yet.");
        const float height = 1.3F * canvas.height(FontRole::text);
        const Rect room = free_room();
        ImGuiListClipper rows;
        rows.Begin(static_cast<int>(students.size()), height);
        while (rows.Step()) {
            for (int i = rows.DisplayStart; i < rows.DisplayEnd; ++i)
                person(canvas, students[static_cast<std::size_t>(i)],
                       {room.x, room.y + static_cast<float>(i) * height, room.w, height});
        }
        ImGui::SetCursorScreenPos({room.x, room.y + static_cast<float>(students.size()) * height});
        ImGui::Dummy({1, 1});
    }

    static void person(ScreenCanvas& canvas, const ClassStudent& one, Rect line) {
        const std::string where = !one.here         ? "  away"
                                  : !one.at.empty() ? "  at " + one.at
                                  : one.answered    ? "  answered"
                                                    : "";
        const std::string words = escape_controls(one.name) + where;
        const std::string shown = canvas.shortened(FontRole::text, words, line.w);
        canvas.text(FontRole::text, {line.x, line.y}, one.here ? Ink::text : Ink::muted, shown);
        if (shown != words && canvas.hovered(line)) ImGui::SetTooltip("%s", words.c_str());
    }

    ClassModel model_;
    FieldRing fields_;
    bool invites_ = true;
    std::string code_of_; // the address that `code_` is of
    classroom::QrCode code_;
};

} // namespace

std::unique_ptr<Page> make_class_page() { return std::make_unique<ClassPage>(); }

} // namespace keyhole::viz
