#include "viz/pages/lab/beside.hpp"

#include <algorithm>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/grown_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr float least_below = 27, least_beside = 52, least_column = 21, most_column = 27, gap = 1.2F; // em

Item draw_in(FrameContext& context, Rect room, const std::function<float(Canvas&, Rect)>& picture) {
    const auto [foot, clicked] = draw_grown(context, room, [&](Canvas& canvas) { return picture(canvas, room); });
    ImGui::SetCursorScreenPos(to_imgui(room.corner()));
    ImGui::Dummy({1, foot - room.y});
    return clicked;
}

} // namespace

Item draw_in_flow(FrameContext& context, const std::function<float(Canvas&, Rect)>& picture) {
    Rect room = free_room();
    room.h = 0;
    return draw_in(context, room, picture);
}

Item draw_beside(FrameContext& context, Rect room, const Beside& beside) {
    const float em = context.fonts.em;
    const bool wide = room.w >= least_beside * em;
    const float column = wide ? std::clamp(0.34F * room.w, least_column * em, most_column * em) : room.w;
    Item clicked = 0;
    draw_column(context, beside.id, {room.x, room.y, column, room.h}, [&](ScreenCanvas& canvas) {
        beside.column(canvas);
        if (!wide) {
            Rect below = free_room();
            below.h = std::max(room.h, least_below * em);
            clicked = draw_in(context, below, beside.picture);
        }
        if (beside.scrolls_on) scroll_on();
    });
    if (!wide) return clicked;
    ImGui::PushID(beside.id);
    const float left = column + gap * em;
    draw_column(context, "picture", {room.x + left, room.y, room.w - left, room.h}, [&](ScreenCanvas& /*canvas*/) {
        clicked = draw_in(context, free_room(), beside.picture);
        if (beside.scrolls_on) scroll_on();
    });
    ImGui::PopID();
    return clicked;
}

} // namespace keyhole::viz
