#include "viz/lesson/lesson_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/text_input.hpp"

namespace keyhole::viz {
namespace {

using lesson::Block;
using lesson::BlockKind;
using lesson::Place;
using lesson::Span;

class LessonView {
  public:
    LessonView(FrameContext& context, LessonMemory& memory)
        : context_(context),
          memory_(memory),
          run_(*memory.run),
          canvas_(context.theme, context.fonts),
          em_(canvas_.em()),
          left_(free_room().x),
          width_(free_room().w - 0.4F * em_),
          y_(free_room().y) {}

    void draw() {
        const lesson::Lesson& lesson = run_.open().lesson();
        const lesson::Part& part = lesson.parts[run_.part()];
        paragraph(FontRole::small, Ink::muted, head());
        paragraph(FontRole::title, Ink::text, part.title.empty() ? lesson.title : part.title);
        y_ += 0.3F * em_;
        const std::size_t seen = run_.seen_blocks();
        for (std::size_t i = 0; i < seen; ++i) block(part.blocks[i], {run_.part(), i});
        y_ += 0.4F * em_;
        feet();
        if (!run_.trouble().empty()) paragraph(FontRole::small, Ink::error, run_.trouble());
        ImGui::SetCursorScreenPos({left_, y_});
        ImGui::Dummy({1, em_});
    }

  private:
    std::string head() const {
        const auto [right, over] = run_.score();
        return fmt::format("{} \u00B7 part {} of {} \u00B7 {} of {} right", run_.open().lesson().title, run_.part() + 1,
                           run_.parts(), right, counted(run_.open().questions(), "question")) +
               (over > right ? fmt::format(", {} shown", over - right) : "");
    }

    void paragraph(FontRole font, Paint paint, std::string_view words) {
        y_ = canvas_.paragraph(font, {left_, y_}, width_, paint, words);
    }

    void block(const Block& block, Place place) {
        switch (block.kind) {
            case BlockKind::heading:
            case BlockKind::opening:
            case BlockKind::pause: return;
            case BlockKind::paragraph: return flow(block.spans, 0, place);
            case BlockKind::quote: {
                const float top = y_;
                flow(block.spans, 1.0F * em_, place);
                return canvas_.box({left_, top, 0.2F * em_, y_ - top - 0.4F * em_}, Ink::border, Ink::none);
            }
            case BlockKind::item: {
                const float indent = (0.4F + 1.4F * static_cast<float>(block.depth)) * em_;
                canvas_.text_to_right(FontRole::text, {left_ + indent - 0.4F * em_, y_ + em_ / 2}, Ink::muted,
                                      block.sign);
                return flow(block.spans, indent, place);
            }
            case BlockKind::code:
                for (const lesson::Line& line : block.lines)
                    paragraph(FontRole::figures_small, Ink::text, line.text.empty() ? " " : line.text);
                y_ += 0.4F * em_;
                return;
            case BlockKind::row: return row(block, place);
            case BlockKind::question: return question(*block.question, place);
        }
    }

    void row(const Block& block, Place place) {
        const float pitch = width_ / static_cast<float>(std::max<std::size_t>(block.cells.size(), 1));
        const float top = y_;
        float foot = y_;
        for (std::size_t i = 0; i < block.cells.size(); ++i) {
            y_ = top;
            flow(block.cells[i], pitch * static_cast<float>(i), place, pitch - 0.4F * em_, block.head);
            foot = std::max(foot, y_ - 0.4F * em_);
        }
        y_ = foot + 0.25F * em_;
        canvas_.straight({left_, y_ - 0.15F * em_}, {left_ + width_, y_ - 0.15F * em_}, Ink::border, canvas_.line());
    }

    // Words in lines, each in the style of its span; those of a link go to its step.
    void flow(const std::vector<Span>& spans, float indent, Place place, float room = 0, bool muted = false) {
        const float from = left_ + indent, to = from + (room > 0 ? room : width_ - indent);
        const float pitch = line_pitch(canvas_.type(), FontRole::text);
        float x = from;
        for (const Span& span : spans) {
            const FontRole font = span.code ? FontRole::figures_small : FontRole::text;
            const Paint ink = !span.address.empty()      ? Ink::current
                              : muted                    ? Ink::muted
                              : span.code || span.strong ? Ink::text
                                                         : Ink::plain;
            std::string_view rest = span.text;
            while (!rest.empty()) {
                std::size_t end = rest.find(
                    ' ', rest.find_first_not_of(' ') == std::string_view::npos ? 0 : rest.find_first_not_of(' '));
                end = end == std::string_view::npos ? rest.size() : end;
                std::string_view word = rest.substr(0, std::max<std::size_t>(end, 1));
                rest.remove_prefix(word.size());
                if (x == from) word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
                if (x > from && x + canvas_.width(font, word) > to) {
                    x = from;
                    y_ += pitch;
                    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
                }
                for (const std::string_view piece : wrapped(canvas_.type(), font, word, to - from)) {
                    if (piece.data() != word.data()) {
                        x = from;
                        y_ += pitch;
                    }
                    const float drop = span.code ? 0.08F * em_ : 0;
                    const float end_x = canvas_.text(font, {x, y_ + drop}, ink, piece);
                    if (!span.address.empty()) link(span, {x, y_, end_x - x, pitch}, place);
                    x = end_x;
                }
            }
        }
        y_ += pitch + 0.4F * em_;
    }

    void link(const Span& span, Rect rect, Place place) {
        canvas_.straight({rect.x, rect.y + em_ + 1}, {rect.right(), rect.y + em_ + 1}, faded(Ink::current, 0.6F),
                         canvas_.line());
        if (canvas_.hovered(rect)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        if (canvas_.clicked(rect)) go_to(span.address, place);
    }

    // In the trace that the lesson has open there; another one is shown beside it first.
    void go_to(const std::string& address, Place place) {
        const Trace* trace = run_.open().trace_at(place);
        if (trace == nullptr) return;
        if (context_.session.recording == trace->recording()) return context_.requests.go_to(trace->tree().at(address));
        context_.requests.open(
            {.recording = trace->recording(), .title = run_.open().lesson().title, .go_to = address});
    }

    void question(const lesson::Question& q, Place place) {
        const Trace* trace = run_.open().trace_at(place);
        const LessonAnswer& mine = run_.answer(place);
        y_ += 0.2F * em_;
        const float top = y_, kept_left = left_;
        left_ += 0.7F * em_;
        width_ -= 0.7F * em_;
        paragraph(FontRole::text, Ink::text, q.choices.empty() ? asked(q, *trace) : q.words);
        y_ += 0.2F * em_;
        ImGui::PushID(static_cast<int>(place.block));
        if (q.choices.empty()) {
            typed_answer(place, mine);
        } else {
            choices(q, place, mine);
        }
        ImGui::PopID();
        if (mine.misses == 1 && !mine.right) paragraph(FontRole::text, Ink::error, "Not yet. " + q.hint);
        if (mine.right) paragraph(FontRole::text, Ink::right, "\uf00c Right: " + right_answer(q, trace));
        if (mine.over() && !mine.right) paragraph(FontRole::text, Ink::error, "No. It is " + right_answer(q, trace));
        if (mine.over() && trace != nullptr && !q.at.empty()) {
            paragraph(FontRole::small, Ink::muted, trace->step(trace->tree().at(q.at)).explanation);
            const Span there{.text = "show the step", .address = q.at, .href = {}};
            flow({there}, 0, place);
        }
        left_ = kept_left;
        width_ += 0.7F * em_;
        canvas_.box({left_, top, 0.2F * em_, y_ - top},
                    mine.right    ? Ink::right
                    : mine.over() ? Ink::error
                                  : Ink::current,
                    Ink::none);
        y_ += 0.5F * em_;
    }

    void typed_answer(Place place, const LessonAnswer& mine) {
        if (mine.over()) return;
        std::string& typed = memory_.typed[place.block];
        const float button = 4.5F * em_, height = 1.75F * em_;
        ImGui::SetCursorScreenPos({left_, y_});
        ImGui::SetNextItemWidth(std::max(4 * em_, width_ - button - 0.5F * em_));
        text_input(context_, "##answer", "hex, bits or decimal", typed);
        const bool entered = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter));
        ImGui::SameLine();
        const bool pressed = ImGui::Button("Check", {button, 0});
        if (entered || pressed) run_.take(place, typed);
        y_ += height + 0.2F * em_;
    }

    void choices(const lesson::Question& q, Place place, const LessonAnswer& mine) {
        for (std::size_t i = 0; i < q.choices.size(); ++i) {
            const bool chosen = mine.typed == q.choices[i], right = mine.over() && i == q.right;
            const float indent = 1.5F * em_;
            const float height = canvas_.paragraph_height(FontRole::text, width_ - indent, q.choices[i]) + 0.25F * em_;
            const Rect rect{left_, y_, width_, height};
            ImGui::SetCursorScreenPos({rect.x, rect.y});
            const Pressed over = button_over(rect, static_cast<int>(i));
            if (over.hovered && !mine.over()) canvas_.box(rect, Ink::raised, Ink::none);
            const Point centre{left_ + 0.6F * em_, y_ + 0.6F * em_};
            canvas_.circle(centre, 0.36F * em_, right ? Ink::right : Ink::none, chosen ? Ink::current : Ink::border,
                           (chosen ? 2.2F : 1.2F) * canvas_.line());
            canvas_.paragraph(FontRole::text, {left_ + indent, y_ + 0.1F * em_}, width_ - indent,
                              right ? Ink::text : Ink::plain, q.choices[i]);
            if (over.clicked && !(chosen && mine.misses > 0)) run_.take(place, q.choices[i]);
            y_ += height;
        }
        y_ += 0.2F * em_;
    }

    // On, or to the parts before and after.
    void feet() {
        ImGui::SetCursorScreenPos({left_, y_});
        const bool more = run_.pauses();
        if (more && flow_button(context_, "Go on", true, true)) run_.pass();
        if (!more || run_.part() > 0) {
            if (flow_button(context_, "\uf060 Part before", run_.part() > 0, !more)) turn_to(run_.part() - 1);
        }
        if (!more && run_.part() + 1 < run_.parts() && flow_button(context_, "Next part \uf061", true, false))
            turn_to(run_.part() + 1);
        y_ = ImGui::GetCursorScreenPos().y + 0.2F * em_;
    }

    void turn_to(std::size_t part) {
        run_.show_part(part);
        memory_.typed.clear();
        ImGui::SetScrollY(0);
        const Trace* trace = run_.trace();
        if (trace == nullptr || context_.session.recording == trace->recording()) return;
        context_.requests.open(
            {.recording = trace->recording(), .title = run_.open().lesson().title, .go_to = run_.first_address()});
    }

    FrameContext& context_;
    LessonMemory& memory_;
    LessonRun& run_;
    ScreenCanvas canvas_;
    float em_, left_, width_; // pixels
    float y_;                 // the foot of what is drawn
};

} // namespace

void draw_lesson(FrameContext& context) {
    LessonMemory& memory = context.state.of<LessonMemory>();
    if (memory.run->parts() == 0) return;
    LessonView(context, memory).draw();
}

} // namespace keyhole::viz
