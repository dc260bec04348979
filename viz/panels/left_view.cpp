// The panel on the left: the exchange as a sequence diagram, or the list of steps; two tabs at its head choose.
#include "viz/draw/imgui_point.hpp"
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

} // namespace

void draw_left(FrameContext& context) {
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
