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

void RowBar::draw(ScreenCanvas& canvas, Rect area, RowWindow& rows) {
    const bool upright = area.h > area.w;
    const float length = upright ? area.h : area.w, begin = upright ? area.y : area.x;
    if (rows.last_top() == 0 || length < 1) return;
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::InvisibleButton("rows", {std::max(area.w, 1.0F), std::max(area.h, 1.0F)});
    const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    const float least = std::min(1.5F * canvas.em(), length);
    const float grab = std::clamp(static_cast<float>(rows.grab_size()) * length, least, length);
    const float way = std::max(length - grab, 1.0F);
    float at = begin + static_cast<float>(rows.grab_at()) * way;
    if (held) {
        const float mouse = upright ? ImGui::GetIO().MousePos.y : ImGui::GetIO().MousePos.x;
        if (grabbed_ < 0) grabbed_ = mouse >= at && mouse <= at + grab ? mouse - at : grab / 2;
        rows.drag_to(static_cast<double>(mouse - grabbed_ - begin) / static_cast<double>(way));
        at = begin + static_cast<float>(rows.grab_at()) * way;
    } else {
        grabbed_ = -1;
    }
    const Rect thumb = upright ? Rect{area.x, at, area.w, grab} : Rect{at, area.y, grab, area.h};
    canvas.box(area, Ink::raised, Ink::none);
    canvas.box(thumb, held || hovered ? Ink::muted : Ink::faint, Ink::none);
}

} // namespace keyhole::viz
