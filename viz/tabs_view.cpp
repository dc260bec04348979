// The views as a row of tabs below the toolbar, each with the key that shows it; at its end which trace is shown.
#include <fmt/format.h>

#include "viz/page.hpp"
#include "viz/views.hpp"

namespace keyhole::viz {

void draw_tabs(View& view) {
    Canvas canvas(view.theme, view.fonts);
    const Theme& theme = view.theme;
    const float em = view.fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    float x = at.x;
    for (std::size_t i = 0; i < view_count; ++i) {
        const auto which = static_cast<ViewName>(i);
        if (which != ViewName::steps && !has_page(which)) continue;
        const std::string number = fmt::format("{}", i + 1);
        const float number_width = Canvas::size(view.fonts.figures_tiny, number).x + 0.35F * em;
        const float width = number_width + Canvas::size(view.fonts.text, label(which)).x + 1.4F * em;
        const bool shown = view.ui.view == which;
        const ImVec2 from{x, at.y}, to{x + width, at.y + room.y};
        ImGui::SetCursorScreenPos(from);
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::InvisibleButton("view", {width, room.y})) view.wishes.view = which;
        const bool hovered = ImGui::IsItemHovered();
        ImGui::PopID();
        if (hovered) {
            ImGui::SetTooltip("%s", tooltip(command_that_shows(which)).c_str());
            if (!shown) canvas.box(from, to, theme.raised, 0);
        }
        const float middle = at.y + room.y / 2;
        const ImU32 ink = shown ? theme.text : theme.muted;
        canvas.text(view.fonts.figures_tiny, {x + 0.7F * em, middle - view.fonts.figures_tiny->FontSize / 2},
                    shown ? theme.current : theme.faint, number);
        canvas.text(view.fonts.text, {x + 0.7F * em + number_width, middle - view.fonts.text->FontSize / 2}, ink,
                    label(which));
        if (shown)
            canvas.straight({from.x, to.y - canvas.line()}, {to.x, to.y - canvas.line()}, theme.current,
                            3 * canvas.line());
        x += width;
    }
    const std::string& title = view.session.title;
    if (x + Canvas::size(view.fonts.small, title).x + em < at.x + room.x)
        canvas.text_to_right(view.fonts.small, {at.x + room.x - 0.4F * em, at.y + room.y / 2}, theme.muted, title);
}

} // namespace keyhole::viz
