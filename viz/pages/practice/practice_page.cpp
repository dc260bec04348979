#include "viz/pages/practice/practice_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "core/practice/practice_report.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/pages/practice/practice_model.hpp"
#include "viz/stages/fitted.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_characters = 200;

class PracticePage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        if (ring_.press(press)) return true;
        if (ring_.editing()) return false;
        if (press.key == key_of('e')) {
            ring_.focus(0);
        } else if (press.key == key_of('x')) {
            go_on(context);
        } else if (press.key == key_of('a')) {
            anywhere(context);
        } else if (press.key == key_of('c')) {
            copy_report(context);
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else {
            return false;
        }
        return true;
    }

    void tick(Seconds now) override { now_ = now.count(); }

    void draw(FrameContext& context, Rect /*room*/) override {
        model_.follow(context.session.id, context.trace, context.step.node, now_);
        const Rect room = free_room();
        const float gap = 1.2F * context.fonts.em;
        const bool narrow = room.w < 70 * context.fonts.em;
        const bool shown =
            model_.question() != nullptr && shows_stage(context) && (!narrow || room.h > 28 * context.fonts.em);
        const float left = narrow || !shown ? room.w : 0.4F * room.w, upper = narrow && shown ? 0.52F * room.h : room.h;
        ring_.begin();
        draw_column(context, "practice", {room.x, room.y, left, upper}, [&](ScreenCanvas& canvas) {
            ask(context, canvas);
            tell(canvas);
            buttons(context);
            score(canvas);
            if (scrolls_on_) scroll_on();
        });
        if (shown) {
            const Rect beside{room.x + left + gap, room.y, room.w - left - gap, room.h};
            const Rect below{room.x, room.y + upper + gap / 2, room.w, room.h - upper - gap / 2};
            draw_column(context, "stage", narrow ? below : beside, [&](ScreenCanvas&) { draw_stage(context); });
        }
        if (ring_.take_entered()) enter(context);
        scrolls_on_ = false;
        ring_.end();
    }

  private:
    void ask(FrameContext& context, ScreenCanvas& canvas) {
        const practice::Question* question = model_.question();
        if (question == nullptr) {
            canvas.paragraph(FontRole::title, Ink::text, "Practice");
            canvas.paragraph(
                FontRole::text, Ink::text,
                "This step has nothing to ask that one can work out by hand. Enter leads to the next one that "
                "has, A to any.");
            return;
        }
        canvas.paragraph(FontRole::title, Ink::text, question->title);
        canvas.paragraph(FontRole::small, Ink::muted, question->address);
        for (const Value& value : question->given) given(canvas, value);
        if (question->is_order()) {
            canvas.paragraph(
                FontRole::text, Ink::text,
                "Put these in order, and leave out what does not belong here. Click them one after the other, or "
                "type their numbers.");
            parts(context, *question);
        } else {
            canvas.paragraph(FontRole::figures_large, Ink::current,
                             std::holds_alternative<Count>(question->expected)
                                 ? fmt::format("{} = ?", question->ask)
                                 : fmt::format("{} = ?  {}", question->ask, counted(question->bits, "bit")));
        }
        const std::string hint = question->is_order() ? "such as 3 1 2" : "hex, bits or decimal";
        text_field(context, canvas, ring_,
                   {.label = "Answer (E)", .hint = hint, .label_width = 6 * canvas.em(), .stays = true}, model_.typed);
    }

    static void given(ScreenCanvas& canvas, const Value& value) {
        const std::string hex = prefixed_hex(value.datum), bits = binary_text(value.datum);
        const std::string decimal = hex.empty() ? "" : decimal_text(value.datum);
        canvas.paragraph(
            FontRole::figures, Ink::text,
            fmt::format("{} = {}{}", value.name,
                        hex.empty() ? shown_text(value.datum, most_characters) : hex.substr(0, most_characters),
                        decimal.empty() ? "" : " = " + decimal));
        if (!bits.empty()) canvas.paragraph(FontRole::figures_small, Ink::muted, bits);
    }

    void parts(FrameContext& context, const practice::Question& question) {
        for (std::size_t i = 1; i <= question.parts.size(); ++i) {
            const std::string words = fmt::format("{}  {}", i, question.parts[i - 1].phrase);
            const bool on = model_.clicked(i);
            if (on) {
                ImGui::PushStyleColor(ImGuiCol_Button, context.theme.colour(Ink::current));
                ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colour(Ink::on_current));
            }
            if (flow_button(context, words.c_str(), model_.result() == nullptr, true)) model_.click(i);
            if (on) ImGui::PopStyleColor(2);
        }
    }

    // What there is to say about the last answer.
    void tell(ScreenCanvas& canvas) const {
        if (model_.unreadable() && model_.result() == nullptr) {
            canvas.paragraph(FontRole::text, Ink::error,
                             model_.question()->is_order() ? "That is no order: write the numbers of the parts."
                                                           : "That is no number: write hex, bits or decimal.");
        }
        if (const std::string* rule = model_.rule()) {
            canvas.paragraph(FontRole::text, Ink::error, "Not yet. Once more:");
            canvas.paragraph(FontRole::text, Ink::text, *rule);
        }
        const practice::Result* result = model_.result();
        if (result == nullptr) return;
        const std::string expected = practice::expected_text(result->question);
        canvas.paragraph(FontRole::text, result->right ? Ink::text : Ink::error,
                         fmt::format("{}: {}", result->right ? "Right" : "Wrong", expected));
        if (const std::string bits = binary_text(result->question.expected); !bits.empty())
            canvas.paragraph(FontRole::figures_small, Ink::muted, bits);
        canvas.paragraph(FontRole::text, Ink::text, result->question.explanation);
    }

    void buttons(FrameContext& context) {
        ImGui::Dummy({1, 0.3F * context.fonts.em});
        const bool open = model_.question() != nullptr && model_.result() == nullptr;
        if (flow_button(context, open ? "Answer (Enter)" : "Next question (Enter)", true, true)) enter(context);
        if (flow_button(context, "Another one (X)", model_.question() != nullptr, false)) go_on(context);
        if (flow_button(context, "Anywhere (A)", true, false)) anywhere(context);
        if (flow_button(context, "Copy the report (C)", !model_.session().results().empty(), false))
            copy_report(context);
    }

    void score(ScreenCanvas& canvas) const {
        const practice::PracticeSession& session = model_.session();
        if (session.results().empty()) {
            canvas.paragraph(
                FontRole::small, Ink::muted,
                "Two tries a question: the first miss gives the rule, the second the value and the words. The "
                "arrow keys move on in the trace when no field has the keyboard (Esc).");
            return;
        }
        std::string kinds;
        for (const practice::QuestionKind kind : session.kinds())
            kinds += fmt::format("{}{}: {}", kinds.empty() ? "" : "; ", practice::name(kind),
                                 practice::score_text(session.score(kind)));
        canvas.paragraph(FontRole::text, Ink::text, practice::score_text(session.score()));
        canvas.paragraph(FontRole::small, Ink::muted, kinds);
    }

    // A stage that cannot cover what the step gives comes with the answer only, and an order's is the answer.
    bool shows_stage(const FrameContext& context) const {
        return model_.result() != nullptr ||
               (!model_.question()->is_order() && stage(stage_of(context.step.node)).covers_itself);
    }

    // The stage of the step: with the answer covered, and then with what it has lit.
    void draw_stage(FrameContext& context) {
        const Rect free = free_room();
        const float scrolled = ImGui::GetScrollY();
        const StageMemory::Key key{.node = context.step.node,
                                   .session = context.session.id,
                                   .steps = context.trace.tree().total(),
                                   .room = {free.x, free.y + scrolled, free.w, ImGui::GetWindowHeight()},
                                   .theme = &context.theme,
                                   .em = context.fonts.em,
                                   .covered = model_.result() == nullptr};
        if (made_of_ != key) make_picture(context, key);
        const auto [set, more] = context.fonts.nearest(growth_);
        Painter(context.theme, set, {0, -scrolled}, more).paint(picture_);
        ImGui::Dummy({1, std::max(1.0F, picture_.foot - key.room.y)});
    }

    void make_picture(const FrameContext& context, const StageMemory::Key& key) {
        const Stage& drawn = stage(stage_of(key.node));
        const auto input = [&](const Typeface& type) {
            return StageInput{.trace = context.trace,
                              .step = context.step,
                              .style = {context.theme, type},
                              .room = key.room,
                              .covered = key.covered,
                              .state = state_,
                              .moved = true};
        };
        const Fonts::Larger& last = context.fonts.stage.back();
        growth_ = fitting_growth(drawn, input(GrownTypeface(ScreenTypeface(last), 1 / last.growth)));
        const auto [set, more] = context.fonts.nearest(growth_);
        picture_ = stage_picture(drawn, input(GrownTypeface(ScreenTypeface(set), more)));
        made_of_ = key;
    }

    void enter(FrameContext& context) {
        if (model_.question() != nullptr && model_.result() == nullptr) {
            model_.answer(now_);
        } else {
            go_on(context);
        }
    }

    void go_on(FrameContext& context) { go_to(context, model_.next(context.trace, now_)); }
    void anywhere(FrameContext& context) { go_to(context, model_.anywhere(context.trace)); }
    static void go_to(FrameContext& context, const std::optional<Node>& node) {
        if (node) context.requests.go_to(*node);
    }

    void copy_report(FrameContext& context) const {
        if (model_.session().results().empty()) return;
        context.requests.copy(practice::report_csv(model_.session()));
        context.requests.notice("the report is on the clipboard: paste it into a file that ends in .csv");
    }

    PracticeModel model_;
    StageState state_;
    Picture picture_; // of the step's stage, in type of that growth
    float growth_ = 1;
    std::optional<StageMemory::Key> made_of_;
    FieldRing ring_;
    double now_ = 0;
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<Page> make_practice_page() { return std::make_unique<PracticePage>(); }

} // namespace keyhole::viz
