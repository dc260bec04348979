// The pages as a row of tabs below the toolbar, each with the key that shows it; at its end which trace is shown.
#include <algorithm>

#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

// A live window and a recording of one side have no other side to show.
std::string_view short_name(Viewer viewer, bool both_sides) {
    switch (viewer) {
        case Viewer::both: return both_sides ? "both" : "own side";
        case Viewer::server: return "server";
        case Viewer::client: return "client";
        case Viewer::eavesdropper: return "eavesdropper";
    }
    return {};
}

// Whose sight of the exchange is shown, at the right end of the row where there is room. Returns what is left of it.
float draw_viewers(FrameContext& context, ScreenCanvas& canvas, float from, ImVec2 end, float height) {
    const Theme& theme = context.theme;
    const float em = context.fonts.em;
    const std::vector<Viewer> viewers = context.session.viewers();
    const bool both_sides = std::ranges::find(viewers, Viewer::server) != viewers.end();
    const auto width = [&](Viewer viewer) {
        return ScreenCanvas::size(context.fonts.small, short_name(viewer, both_sides)).x + 0.9F * em;
    };
    float all = 0.6F * em;
    for (const Viewer viewer : viewers) all += width(viewer);
    if (viewers.size() < 2 || from + all > end.x) return end.x;
    float x = end.x - all + 0.6F * em;
    for (const Viewer viewer : viewers) {
        const bool shown = context.session.viewer == viewer;
        const ImVec2 at{x, end.y + 0.18F * height}, to{x + width(viewer) - 0.12F * em, end.y + 0.82F * height};
        ImGui::SetCursorScreenPos(at);
        const std::string_view words = short_name(viewer, both_sides);
        ImGui::PushID(static_cast<int>(viewer));
        if (ImGui::InvisibleButton("viewer", {to.x - at.x, to.y - at.y})) context.requests.show_as(viewer);
        const bool hovered = ImGui::IsItemHovered();
        ImGui::PopID();
        if (hovered) ImGui::SetTooltip("%s", tooltip(Command::viewer).c_str());
        canvas.box(at, to, shown ? theme.current : theme.raised, hovered ? theme.current : theme.border);
        canvas.text_centred(context.fonts.small, {(at.x + to.x) / 2, (at.y + to.y) / 2},
                            shown ? theme.on_current : theme.text, words);
        x += width(viewer);
    }
    return end.x - all;
}

} // namespace

void draw_tabs(FrameContext& context) {
    ScreenCanvas canvas(context.theme, context.fonts);
    const Theme& theme = context.theme;
    const float em = context.fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    float x = at.x;
    for (const PageInfo& page : context.pages) {
        const std::string_view key = page.shown_key();
        const float key_width = ScreenCanvas::size(context.fonts.figures_tiny, key).x + 0.35F * em;
        const float width = key_width + ScreenCanvas::size(context.fonts.text, page.label).x + 1.4F * em;
        const bool shown = context.ui.page == page.name;
        const ImVec2 from{x, at.y}, to{x + width, at.y + room.y};
        ImGui::SetCursorScreenPos(from);
        ImGui::PushID(page.key);
        if (ImGui::InvisibleButton("page", {width, room.y})) context.requests.show(page.name);
        const bool hovered = ImGui::IsItemHovered();
        ImGui::PopID();
        if (hovered) {
            ImGui::SetTooltip("%s", tooltip(page.label, page.words, key).c_str());
            if (!shown) canvas.box(from, to, theme.raised, 0);
        }
        const float middle = at.y + room.y / 2;
        const ImU32 ink = shown ? theme.text : theme.muted;
        canvas.text(context.fonts.figures_tiny, {x + 0.7F * em, middle - context.fonts.figures_tiny->FontSize / 2},
                    shown ? theme.current : theme.faint, key);
        canvas.text(context.fonts.text, {x + 0.7F * em + key_width, middle - context.fonts.text->FontSize / 2}, ink,
                    page.label);
        if (shown)
            canvas.straight({from.x, to.y - canvas.line()}, {to.x, to.y - canvas.line()}, theme.current,
                            3 * canvas.line());
        x += width;
    }
    float right = at.x + room.x - 0.4F * em;
    right = draw_viewers(context, canvas, x + em, {right, at.y}, room.y);
    const std::string& title = context.session.title;
    if (x + ScreenCanvas::size(context.fonts.small, title).x + em < right)
        canvas.text_to_right(context.fonts.small, {right, at.y + room.y / 2}, theme.muted, title);
}

} // namespace keyhole::viz
