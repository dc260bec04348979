// Places as ImGui writes them and as we do.
#pragma once

#include <imgui.h>

#include "viz/base/geometry.hpp"

namespace keyhole::viz {

inline Point to_point(ImVec2 at) { return {at.x, at.y}; }
inline ImVec2 to_imgui(Point at) { return {at.x, at.y}; }

/// From the cursor on, what is left of the panel that is being drawn.
inline Rect free_room() {
    const ImVec2 at = ImGui::GetCursorScreenPos(), size = ImGui::GetContentRegionAvail();
    return {at.x, at.y, size.x, size.y};
}

struct Pressed {
    bool clicked, hovered;
};
/// A button that is not seen, over what is drawn there. `id` is its own within the panel.
inline Pressed button_over(Rect rect, int id) {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    ImGui::PushID(id);
    const bool clicked = ImGui::InvisibleButton("over", {rect.w, rect.h});
    ImGui::PopID();
    return {clicked, ImGui::IsItemHovered()};
}

} // namespace keyhole::viz
