// The panel on the left: the exchange as a sequence diagram, or the list of steps; two tabs at its head choose.
#include "viz/frame/views.hpp"

namespace keyhole::viz {
namespace {

void tab(View& view, Canvas& canvas, Rect area, LeftPanel panel, std::string_view words, bool chosen) {
    const ImVec2 from{area.x, area.y}, to{area.right(), area.bottom()};
    ImGui::SetCursorScreenPos(from);
    ImGui::PushID(static_cast<int>(panel));
    if (ImGui::InvisibleButton("tab", {area.w, area.h})) view.wishes.left = panel;
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    if (hovered && !chosen) canvas.box(from, to, view.theme.raised, 0);
    if (hovered) ImGui::SetTooltip("%s", tooltip(Command::toggle_left).c_str());
    canvas.text_centred(view.fonts.text, {area.x + area.w / 2, area.y + area.h / 2},
                        chosen ? view.theme.text : view.theme.muted, words);
    if (chosen) canvas.straight({area.x, to.y}, {to.x, to.y}, view.theme.current, 2 * canvas.line());
}

} // namespace

void draw_left(View& view) {
    const float em = view.fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    // A trace without an exchange has its steps only, and needs no tabs.
    const bool exchange = has_sequence(view);
    float used = 0;
    if (exchange) {
        Canvas canvas(view.theme, view.fonts);
        const float height = 1.6F * em;
        const bool steps = view.ui.left == LeftPanel::steps;
        tab(view, canvas, {at.x, at.y - 0.1F * em, room.x / 2, height}, LeftPanel::exchange, "Exchange", !steps);
        tab(view, canvas, {at.x + room.x / 2, at.y - 0.1F * em, room.x / 2, height}, LeftPanel::steps, "Steps", steps);
        used = height + 0.3F * em;
        if (!steps) {
            ImGui::SetCursorScreenPos({at.x, at.y + used});
            return draw_sequence(view);
        }
    }
    ImGui::SetCursorScreenPos({at.x, at.y + used});
    if (ImGui::BeginChild("list", {room.x, room.y - used}, false, ImGuiWindowFlags_NoNav)) draw_steps(view);
    ImGui::EndChild();
}

} // namespace keyhole::viz
