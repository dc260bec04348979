#include "viz/draw/screen_canvas.hpp"

#include "viz/draw/imgui_point.hpp"

namespace keyhole::viz {

ScreenCanvas::ScreenCanvas(const Theme& theme, const Fonts& fonts)
    : Canvas({theme, fonts_}, unused_), fonts_(fonts), painter_(theme, fonts) {}

void ScreenCanvas::paragraph(FontRole font, Paint paint, std::string_view words) {
    const Point at = to_point(ImGui::GetCursorScreenPos());
    ImGui::Dummy({1, paragraph(font, at, ImGui::GetContentRegionAvail().x, paint, words) - at.y});
}

bool ScreenCanvas::hovered(Rect rect) const {
    return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(to_imgui(rect.corner()), to_imgui(rect.far_corner()));
}

bool ScreenCanvas::clicked(Rect rect) const { return hovered(rect) && ImGui::IsMouseClicked(0); }

} // namespace keyhole::viz
