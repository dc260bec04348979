#include "viz/draw/row_bar.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

constexpr float rows_a_notch = 3;

} // namespace

void RowBar::take_wheel(RowWindow& rows) {
    if (!ImGui::IsWindowHovered() || ImGui::GetIO().KeyShift) return;
    turned_ -= rows_a_notch * ImGui::GetIO().MouseWheel;
    const float whole = std::trunc(turned_);
    turned_ -= whole;
    rows.scroll_by(static_cast<std::int64_t>(whole));
}

void RowBar::draw(Canvas& canvas, Rect area, RowWindow& rows) {
    if (rows.last_top() == 0 || area.h < 1) return;
    const Theme& theme = canvas.theme();
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::InvisibleButton("rows", {area.w, area.h});
    const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    const float least = std::min(1.5F * canvas.em(), area.h);
    const float grab = std::clamp(static_cast<float>(rows.grab_size()) * area.h, least, area.h);
    const float way = std::max(area.h - grab, 1.0F);
    float top = area.y + static_cast<float>(rows.grab_at()) * way;
    if (held) {
        const float mouse = ImGui::GetIO().MousePos.y;
        if (grabbed_ < 0) grabbed_ = mouse >= top && mouse <= top + grab ? mouse - top : grab / 2;
        rows.drag_to(static_cast<double>(mouse - grabbed_ - area.y) / static_cast<double>(way));
        top = area.y + static_cast<float>(rows.grab_at()) * way;
    } else {
        grabbed_ = -1;
    }
    canvas.box({area.x, area.y}, {area.right(), area.bottom()}, theme.raised, 0);
    canvas.box({area.x, top}, {area.right(), top + grab}, held || hovered ? theme.muted : theme.faint, 0);
}

} // namespace keyhole::viz
