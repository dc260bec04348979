// The strip at the foot of a page: its own keys and what they do, each to be clicked.
#include <algorithm>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/page.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

constexpr FontRole font = FontRole::small;

float width_of(const Canvas& canvas, const PageAction& action) {
    return canvas.width(FontRole::figures_tiny, action.shown_key) + canvas.width(font, action.words) +
           1.5F * canvas.em();
}

float line(const Canvas& canvas) { return 1.35F * canvas.em(); }

// Visits each action with its place, in as many rows as they need. Returns the foot.
template <class Visit>
float lay_out(const Canvas& canvas, std::span<const PageAction> actions, Rect room, Visit visit) {
    Point at = room.corner();
    for (const PageAction& action : actions) {
        const float width = std::min(width_of(canvas, action), room.w);
        if (at.x > room.x && at.x + width > room.right()) at = {room.x, at.y + line(canvas)};
        visit(action, Rect{at.x, at.y, width, line(canvas)});
        at.x += width;
    }
    return at.y + line(canvas);
}

} // namespace

float actions_height(const FrameContext& context, std::span<const PageAction> actions, float width) {
    if (actions.empty()) return 0;
    const ScreenCanvas canvas(context.theme, context.fonts);
    return lay_out(canvas, actions, {0, 0, width, 0}, [](const PageAction&, Rect) {});
}

void draw_actions(FrameContext& context, std::span<const PageAction> actions, Rect room) {
    ScreenCanvas canvas(context.theme, context.fonts);
    int id = 0;
    lay_out(canvas, actions, room, [&](const PageAction& action, Rect rect) {
        const auto [clicked, hovered] = button_over(rect, ++id);
        if (clicked) context.requests.press(action.key);
        const float middle = rect.y + rect.h / 2;
        const float x =
            canvas.text(FontRole::figures_tiny, {rect.x, middle - canvas.height(FontRole::figures_tiny) / 2},
                        Ink::current, action.shown_key);
        canvas.text(font, {x + 0.35F * canvas.em(), middle - canvas.height(font) / 2},
                    hovered ? Ink::current : Ink::muted, action.words);
    });
}

} // namespace keyhole::viz
