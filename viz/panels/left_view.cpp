// The panel on the left: the exchange as a sequence diagram, or the list of steps; two tabs at its head choose.
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/lesson/lesson_view.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void tab(FrameContext& context, ScreenCanvas& canvas, Rect area, LeftPanel panel, std::string_view words, bool chosen) {
    const auto [clicked, hovered] = button_over(area, static_cast<int>(panel));
    if (clicked) context.requests.show(panel);
    if (hovered && !chosen) canvas.box(area, Ink::raised, Ink::none);
    if (hovered) ImGui::SetTooltip("%s", tooltip(Command::toggle_left).c_str());
    canvas.text_centred(FontRole::text, area.centre(), chosen ? Ink::text : Ink::muted, words);
    if (chosen)
        canvas.straight({area.x, area.bottom()}, {area.right(), area.bottom()}, Ink::current, 2 * canvas.line());
}

// With a lesson there is a tab more, in the place of the others' "none".
void draw_beside_lesson(FrameContext& context, LessonMemory& memory) {
    ScreenCanvas canvas(context.theme, context.fonts);
    Rect room = free_room();
    const float height = 1.6F * canvas.em();
    const bool sequence = has_sequence(context), steps = context.ui.left == LeftPanel::steps || !sequence;
    Rect part{room.x, room.y - 0.1F * canvas.em(), room.w / (sequence ? 3.0F : 2.0F), height};
    const auto next = [&](LeftPanel panel, std::string_view words, bool chosen) {
        const auto [clicked, hovered] = button_over(part, 10 + static_cast<int>(panel));
        if (clicked) memory.shown = panel == LeftPanel::none;
        if (clicked && !memory.shown) context.requests.show(panel);
        if (hovered && !chosen) canvas.box(part, Ink::raised, Ink::none);
        canvas.text_centred(FontRole::text, part.centre(), chosen ? Ink::text : Ink::muted, words);
        if (chosen)
            canvas.straight({part.x, part.bottom()}, {part.right(), part.bottom()}, Ink::current, 2 * canvas.line());
        part.x += part.w;
    };
    next(LeftPanel::none, "Lesson", memory.shown);
    if (sequence) next(LeftPanel::exchange, "Exchange", !memory.shown && !steps);
    next(LeftPanel::steps, "Steps", !memory.shown && steps);
    const float used = height + 0.3F * canvas.em();
    ImGui::SetCursorScreenPos({room.x, room.y + used});
    if (!memory.shown && !steps) return draw_sequence(context);
    if (ImGui::BeginChild(memory.shown ? "lesson" : "list", {room.w, room.h - used}, false, ImGuiWindowFlags_NoNav))
        memory.shown ? draw_lesson(context) : draw_steps(context);
    ImGui::EndChild();
}

// In the place of the step's words, where the panel on the left has no room.
bool fits_in_details(const Layout& layout) {
    return layout.lacks(Overlay::left) && layout.details_shown && !layout.one_column;
}

} // namespace

bool draw_lesson_in_details(FrameContext& context, const Layout& layout) {
    const bool laid_over = layout.overlay == Overlay::left; // L has brought the panel with the lesson
    if (!context.state.of<LessonMemory>().run || !fits_in_details(layout) || laid_over) return false;
    scroll(context.ui.scroll_details);
    draw_lesson(context);
    return true;
}

void tell_of_lesson(FrameContext& context, const Layout& layout) {
    LessonMemory& memory = context.state.of<LessonMemory>();
    if (!memory.run || memory.told || !layout.lacks(Overlay::left) || fits_in_details(layout)) return;
    memory.told = true;
    context.requests.notice("the lesson has no room beside the stage (L shows it)");
}

void draw_left(FrameContext& context) {
    if (LessonMemory& memory = context.state.of<LessonMemory>(); memory.run) return draw_beside_lesson(context, memory);
    const float height = 1.6F * context.fonts.em;
    Rect room = free_room();
    // A trace without an exchange has its steps only, and needs no tabs.
    if (has_sequence(context)) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const bool steps = context.ui.left == LeftPanel::steps;
        const Rect half{room.x, room.y - 0.1F * canvas.em(), room.w / 2, height};
        tab(context, canvas, half, LeftPanel::exchange, "Exchange", !steps);
        tab(context, canvas, {half.right(), half.y, half.w, height}, LeftPanel::steps, "Steps", steps);
        const float used = height + 0.3F * canvas.em();
        room = {room.x, room.y + used, room.w, room.h - used};
        if (!steps) {
            ImGui::SetCursorScreenPos({room.x, room.y});
            return draw_sequence(context);
        }
    }
    ImGui::SetCursorScreenPos({room.x, room.y});
    if (ImGui::BeginChild("list", {room.w, room.h}, false, ImGuiWindowFlags_NoNav)) draw_steps(context);
    ImGui::EndChild();
}

} // namespace keyhole::viz
