// The panel on the left: the exchange as a sequence diagram, or the list of steps; two tabs at its head choose.
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void tab(FrameContext& context, ScreenCanvas& canvas, Rect area, LeftPanel panel, std::string_view words, bool chosen) {
    const ImVec2 from{area.x, area.y}, to{area.right(), area.bottom()};
    ImGui::SetCursorScreenPos(from);
    ImGui::PushID(static_cast<int>(panel));
    if (ImGui::InvisibleButton("tab", {area.w, area.h})) context.requests.show(panel);
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    if (hovered && !chosen) canvas.box(from, to, context.theme.raised, 0);
    if (hovered) ImGui::SetTooltip("%s", tooltip(Command::toggle_left).c_str());
    canvas.text_centred(context.fonts.text, {area.x + area.w / 2, area.y + area.h / 2},
                        chosen ? context.theme.text : context.theme.muted, words);
    if (chosen) canvas.straight({area.x, to.y}, {to.x, to.y}, context.theme.current, 2 * canvas.line());
}

} // namespace

void draw_left(FrameContext& context) {
    const float em = context.fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos();
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
