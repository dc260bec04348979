// The panel on the left: the exchange as a sequence diagram, or the list of steps; two tabs at its head choose.
#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void tab(FrameContext& context, ScreenCanvas& canvas, Rect area, LeftPanel panel, std::string_view words, bool chosen) {
    ImGui::SetCursorScreenPos(to_imgui(area.corner()));
    ImGui::PushID(static_cast<int>(panel));
    if (ImGui::InvisibleButton("tab", {area.w, area.h})) context.requests.show(panel);
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    if (hovered && !chosen) canvas.box(area, Ink::raised, Ink::none);
    if (hovered) ImGui::SetTooltip("%s", tooltip(Command::toggle_left).c_str());
    canvas.text_centred(FontRole::text, area.centre(), chosen ? Ink::text : Ink::muted, words);
    if (chosen)
        canvas.straight({area.x, area.bottom()}, {area.right(), area.bottom()}, Ink::current, 2 * canvas.line());
}

} // namespace

void draw_left(FrameContext& context) {
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    // A trace without an exchange has its steps only, and needs no tabs.
    const bool exchange = has_sequence(context);
    float used = 0;
    if (exchange) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const float height = 1.6F * em;
        const bool steps = context.ui.left == LeftPanel::steps;
        tab(context, canvas, {at.x, at.y - 0.1F * em, room.x / 2, height}, LeftPanel::exchange, "Exchange", !steps);
        tab(context, canvas, {at.x + room.x / 2, at.y - 0.1F * em, room.x / 2, height}, LeftPanel::steps, "Steps",
            steps);
        used = height + 0.3F * em;
        if (!steps) {
            ImGui::SetCursorScreenPos({at.x, at.y + used});
            return draw_sequence(context);
        }
    }
    ImGui::SetCursorScreenPos({at.x, at.y + used});
    if (ImGui::BeginChild("list", {room.x, room.y - used}, false, ImGuiWindowFlags_NoNav)) draw_steps(context);
    ImGui::EndChild();
}

} // namespace keyhole::viz
