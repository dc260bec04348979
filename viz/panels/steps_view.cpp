// The list of steps around the cursor: the path to the current step is open, the step itself is marked and in sight.
#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void draw_row(FrameContext& context, const StepRow& row, ScreenCanvas& canvas, Rect rect, int id) {
    const float em = context.fonts.em;
    ImGui::PushID(id);
    ImGui::SetCursorScreenPos(to_imgui(rect.corner()));
    if (ImGui::InvisibleButton("row", {rect.w, rect.h})) context.requests.go_to(row.node);
    const bool hovered = ImGui::IsItemHovered();
    if (row.current) {
        canvas.box(rect, Ink::current_tint, Ink::current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(rect, Ink::raised, Ink::none);
    }
    const Paint ink = row.current ? Ink::current : row.gap ? Ink::faint : row.on_path ? Ink::text : Ink::muted;
    const float text_x = rect.x + (0.4F + 0.75F * static_cast<float>(row.depth) + 0.95F) * em;
    const bool large = row.on_path && text_x + canvas.width(FontRole::text, row.title) < rect.right() - 0.2F * em;
    const FontRole font = large ? FontRole::text : FontRole::small;
    const float x = rect.x + (0.4F + 0.75F * static_cast<float>(row.depth)) * em;
    const float y = rect.y + (rect.h - canvas.height(font)) / 2;
    const float sign = canvas.text(FontRole::small, {x, rect.y + (rect.h - canvas.height(FontRole::small)) / 2}, ink,
                                   row.gap          ? "\uf141"
                                   : !row.has_parts ? "\u00B7"
                                   : row.on_path    ? "\uf107"
                                                    : "\uf105");
    const float title_x = std::max(sign + 0.3F * em, x + 0.75F * em);
    // A title that is too long is shortened here only: the details panel has it in full.
    const float room = rect.right() - title_x - 0.2F * em;
    const std::string title = canvas.shortened(font, row.title, room);
    canvas.text(font, {title_x, y}, ink, title);
    if (hovered && title != row.title) ImGui::SetTooltip("%s", row.title.c_str());
    ImGui::PopID();
}

} // namespace

void draw_steps(FrameContext& context) {
    const float em = context.fonts.em;
    const float height = 1.55F * em;
    ScreenCanvas canvas(context.theme, context.fonts);
    const Point origin = to_point(ImGui::GetCursorScreenPos());
    const float width = ImGui::GetContentRegionAvail().x;
    const float top = ImGui::GetCursorPosY();
    const float seen = ImGui::GetContentRegionAvail().y;
    for (std::size_t i = 0; i < context.steps.size(); ++i) {
        const float y = static_cast<float>(i) * height;
        if (context.moved && context.steps[i].current) {
            const float scroll = ImGui::GetScrollY();
            const float margin = 3 * height;
            if (y < scroll + margin || y + height > scroll + ImGui::GetWindowHeight() - margin) {
                ImGui::SetScrollFromPosY(top + y - scroll, 0.4F);
            }
        }
        const bool in_sight =
            y + height >= ImGui::GetScrollY() - em && y <= ImGui::GetScrollY() + seen + ImGui::GetWindowHeight();
        if (in_sight)
            draw_row(context, context.steps[i], canvas, {origin.x, origin.y + y, width, height - 0.1F * em},
                     static_cast<int>(i));
    }
    ImGui::SetCursorPosY(top + static_cast<float>(context.steps.size()) * height);
    ImGui::Dummy({1, 1});
}

} // namespace keyhole::viz
