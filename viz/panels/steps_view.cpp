// The list of steps around the cursor: the path to the current step is open, the step itself is marked and in sight.
#include <algorithm>

#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void draw_row(FrameContext& context, const StepRow& row, ScreenCanvas& canvas, Rect rect, int id) {
    const float em = context.fonts.em;
    const auto [clicked, hovered] = button_over(rect, id);
    if (clicked) context.requests.go_to(row.node);
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
}

} // namespace

void draw_steps(FrameContext& context) {
    const float height = 1.55F * context.fonts.em;
    ScreenCanvas canvas(context.theme, context.fonts);
    const Rect room = free_room();
    const auto current = std::ranges::find(context.steps, true, &StepRow::current);
    if (context.moved && current != context.steps.end()) {
        const float y = static_cast<float>(current - context.steps.begin()) * height, scroll = ImGui::GetScrollY();
        const float margin = 3 * height;
        if (y < scroll + margin || y + height > scroll + ImGui::GetWindowHeight() - margin)
            ImGui::SetScrollFromPosY(ImGui::GetCursorPosY() + y - scroll, 0.4F);
    }
    ImGuiListClipper rows;
    rows.Begin(static_cast<int>(context.steps.size()), height);
    while (rows.Step()) {
        for (int i = rows.DisplayStart; i < rows.DisplayEnd; ++i) {
            const float y = room.y + static_cast<float>(i) * height;
            draw_row(context, context.steps[static_cast<std::size_t>(i)], canvas,
                     {room.x, y, room.w, height - 0.1F * context.fonts.em}, i);
        }
    }
    ImGui::SetCursorScreenPos({room.x, room.y + static_cast<float>(context.steps.size()) * height});
    ImGui::Dummy({1, 1});
}

} // namespace keyhole::viz
