// The list of steps around the cursor: the path to the current step is open, the step itself is marked and in sight.
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void draw_row(FrameContext& context, const StepRow& row, ScreenCanvas& canvas, ImVec2 at, ImVec2 size, int id) {
    const Theme& theme = context.theme;
    const float em = context.fonts.em;
    ImGui::PushID(id);
    ImGui::SetCursorScreenPos(at);
    if (ImGui::InvisibleButton("row", size)) context.requests.go_to(row.node);
    const bool hovered = ImGui::IsItemHovered();
    const ImVec2 end{at.x + size.x, at.y + size.y};
    if (row.current) {
        canvas.box(at, end, theme.current_tint, theme.current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(at, end, theme.raised, 0);
    }
    const ImU32 ink = row.current ? theme.current : row.gap ? theme.faint : row.on_path ? theme.text : theme.muted;
    const float text_x = at.x + (0.4F + 0.75F * static_cast<float>(row.depth) + 0.95F) * em;
    const bool large = row.on_path && text_x + ScreenCanvas::size(context.fonts.text, row.title).x < end.x - 0.2F * em;
    const ImFont* font = large ? context.fonts.text : context.fonts.small;
    const float x = at.x + (0.4F + 0.75F * static_cast<float>(row.depth)) * em;
    const float y = at.y + (size.y - font->FontSize) / 2;
    const float sign = canvas.text(context.fonts.small, {x, at.y + (size.y - context.fonts.small->FontSize) / 2}, ink,
                                   row.gap          ? "\uf141"
                                   : !row.has_parts ? "\u00B7"
                                   : row.on_path    ? "\uf107"
                                                    : "\uf105");
    const float title_x = std::max(sign + 0.3F * em, x + 0.75F * em);
    // A title that is too long is shortened here only: the details panel has it in full.
    std::string title = row.title;
    const float room = end.x - title_x - 0.2F * em;
    bool cut = false;
    while (title.size() > 1 && ScreenCanvas::size(font, title + (cut ? ".." : "")).x > room) {
        title.pop_back();
        cut = true;
    }
    canvas.text(font, {title_x, y}, ink, cut ? title + ".." : title);
    if (hovered && cut) ImGui::SetTooltip("%s", row.title.c_str());
    ImGui::PopID();
}

} // namespace

void draw_steps(FrameContext& context) {
    const float em = context.fonts.em;
    const float height = 1.55F * em;
    ScreenCanvas canvas(context.theme, context.fonts);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
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
            draw_row(context, context.steps[i], canvas, {origin.x, origin.y + y}, {width, height - 0.1F * em},
                     static_cast<int>(i));
    }
    ImGui::SetCursorPosY(top + static_cast<float>(context.steps.size()) * height);
    ImGui::Dummy({1, 1});
}

} // namespace keyhole::viz
