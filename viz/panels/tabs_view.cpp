// The pages as a row of tabs below the toolbar, each with the key that shows it; at its end which trace is shown.
#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
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
float draw_viewers(FrameContext& context, ScreenCanvas& canvas, float from, Point end, float height) {
    const float em = context.fonts.em;
    const std::vector<Viewer> viewers = context.session.viewers();
    const bool both_sides = std::ranges::find(viewers, Viewer::server) != viewers.end();
    const auto width = [&](Viewer viewer) {
        return canvas.width(FontRole::small, short_name(viewer, both_sides)) + 0.9F * em;
    };
    float all = 0.6F * em;
    for (const Viewer viewer : viewers) all += width(viewer);
    if (viewers.size() < 2 || from + all > end.x) return end.x;
    float x = end.x - all + 0.6F * em;
    for (const Viewer viewer : viewers) {
        const bool shown = context.session.viewer == viewer;
        const Rect rect{x, end.y + 0.18F * height, width(viewer) - 0.12F * em, 0.64F * height};
        const auto [clicked, hovered] = button_over(rect, static_cast<int>(viewer));
        if (clicked) context.requests.show_as(viewer);
        if (hovered) ImGui::SetTooltip("%s", tooltip(Command::viewer).c_str());
        canvas.box(rect, shown ? Ink::current : Ink::raised, hovered ? Ink::current : Ink::border);
        canvas.text_centred(FontRole::small, rect.centre(), shown ? Ink::on_current : Ink::text,
                            short_name(viewer, both_sides));
        x += width(viewer);
    }
    return end.x - all;
}

float tab_key_width(const ScreenCanvas& canvas, const PageInfo& page) {
    return canvas.width(FontRole::figures_tiny, page.shown_key()) + 0.35F * canvas.em();
}

struct TabFit {
    bool with_keys = true;
    float between = 0; // pixels from the end of one label to the beginning of the next tab's words
};

// Where there is little room, tabs move together, and then leave out their keys: none is ever out of the window.
TabFit fit_tabs(const FrameContext& context, const ScreenCanvas& canvas, float room) {
    const float em = canvas.em(), least = 0.7F * em, most = 1.4F * em;
    float labels = 0, keys = 0;
    for (const PageInfo& page : context.pages) {
        labels += canvas.width(FontRole::text, page.label);
        keys += tab_key_width(canvas, page);
    }
    const auto count = static_cast<float>(context.pages.size());
    const bool with_keys = labels + keys + count * least <= room;
    const float rest = room - labels - (with_keys ? keys : 0);
    return {.with_keys = with_keys, .between = std::clamp(rest / count, 0.3F * em, most)};
}

} // namespace

void draw_tabs(FrameContext& context) {
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    const Rect room = free_room();
    float x = room.x;
    const auto [with_keys, between] = fit_tabs(context, canvas, room.w - mark_width(context, context.trace.mark()));
    for (const PageInfo& page : context.pages) {
        const std::string_view key = with_keys ? page.shown_key() : std::string_view();
        const float key_width = with_keys ? tab_key_width(canvas, page) : 0;
        const float width = key_width + canvas.width(FontRole::text, page.label) + between;
        const bool shown = context.ui.page == page.name;
        const Rect rect{x, room.y, width, room.h};
        const auto [clicked, hovered] = button_over(rect, page.key);
        if (clicked) context.requests.show(page.name);
        if (hovered) {
            ImGui::SetTooltip("%s", tooltip(page.label, page.words, page.shown_key()).c_str());
            if (!shown) canvas.box(rect, Ink::raised, Ink::none);
        }
        const float middle = room.y + room.h / 2;
        const Paint ink = shown ? Ink::text : Ink::muted;
        canvas.text(FontRole::figures_tiny, {x + between / 2, middle - canvas.height(FontRole::figures_tiny) / 2},
                    shown ? Ink::current : Ink::faint, key);
        canvas.text(FontRole::text, {x + between / 2 + key_width, middle - canvas.height(FontRole::text) / 2}, ink,
                    page.label);
        if (shown)
            canvas.straight({rect.x, rect.bottom() - canvas.line()}, {rect.right(), rect.bottom() - canvas.line()},
                            Ink::current, 3 * canvas.line());
        x += width;
    }
    float right = room.right() - 0.4F * em - mark_width(context, context.trace.mark());
    right = draw_viewers(context, canvas, x + em, {right, room.y}, room.h);
    const std::string& title = context.session.title;
    if (x + canvas.width(FontRole::small, title) + em < right)
        canvas.text_to_right(FontRole::small, {right, room.y + room.h / 2}, Ink::muted, title);
}

void draw_page_list(FrameContext& context) {
    ScreenCanvas canvas(context.theme, context.fonts);
    canvas.paragraph(FontRole::small, Ink::muted, "Views");
    bool first = true;
    for (const PageInfo& page : context.pages) {
        const std::string words =
            fmt::format("{} {}{}", page.shown_key(), page.label, context.ui.page == page.name ? " \u2190" : "");
        if (flow_button(context, words.c_str(), true, first)) context.requests.show(page.name);
        first = false;
    }
    const std::vector<Viewer> viewers = context.session.viewers();
    if (viewers.size() < 2) return;
    const bool both_sides = std::ranges::find(viewers, Viewer::server) != viewers.end();
    canvas.paragraph(FontRole::small, Ink::muted, "Seen by");
    first = true;
    for (const Viewer viewer : viewers) {
        const std::string words =
            fmt::format("{}{}", short_name(viewer, both_sides), context.session.viewer == viewer ? " \u2190" : "");
        if (flow_button(context, words.c_str(), true, first)) context.requests.show_as(viewer);
        first = false;
    }
}

} // namespace keyhole::viz
