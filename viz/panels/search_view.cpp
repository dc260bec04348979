// The list below the go-to field: the steps that the search has found so far. Arrows choose, Enter goes, Esc closes.
#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/panels/go_to_field.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_rows = 8;

std::size_t chosen_index(const FrameContext& context) {
    const auto& hits = context.search.hits();
    const auto found = std::ranges::find_if(hits, [&](const SearchHit& h) { return h.node == context.go_to.chosen; });
    return found == hits.end() ? 0 : static_cast<std::size_t>(found - hits.begin());
}

std::string head_cut(const ImFont* font, std::string text, float width) {
    bool cut = false;
    while (text.size() > 1 && ScreenCanvas::size(font, cut ? ".." + text : text).x > width) {
        text.erase(0, 1);
        cut = true;
    }
    return cut ? ".." + text : text;
}

void draw_hit(FrameContext& context, ScreenCanvas& canvas, const SearchHit& hit, Rect area, bool chosen) {
    const Theme& theme = context.theme;
    const float em = context.fonts.em;
    const ImVec2 from{area.x, area.y}, to{area.right(), area.bottom()};
    const bool hovered = canvas.hovered(from, to);
    if (chosen) {
        canvas.box(from, to, theme.current_tint, theme.current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(from, to, theme.panel, theme.muted);
    }
    const float x = area.x + 0.5F * em, right = area.right() - 0.5F * em;
    const float first = area.y + 0.28F * em, second = first + 1.2F * em;
    const float title_end = canvas.text(context.fonts.text, {x, first}, chosen ? theme.current : theme.text, hit.title);
    // The value stands beside the heading, or before the address where there is no room.
    float address_from = x;
    if (!hit.match.empty()) {
        const float width = ScreenCanvas::size(context.fonts.figures_small, hit.match).x;
        if (title_end + em + width <= right) {
            canvas.text(context.fonts.figures_small, {right - width, first + 0.1F * em}, theme.text, hit.match);
        } else {
            address_from = canvas.text(context.fonts.figures_tiny, {x, second}, theme.text, hit.match) + 0.8F * em;
        }
    }
    const bool fits = ScreenCanvas::size(context.fonts.figures_small, hit.address).x <= right - address_from;
    const ImFont* font = fits ? context.fonts.figures_small : context.fonts.figures_tiny;
    canvas.text(font, {address_from, second}, theme.muted, head_cut(font, hit.address, right - address_from));
    if (canvas.clicked(from, to)) context.requests.go_to_address(hit.address);
}

} // namespace

void draw_search(FrameContext& context, Rect room) {
    const Rect field = context.state.of<GoToField>().area;
    if (!context.go_to.open || context.search.text().empty()) return;
    const float em = context.fonts.em;
    const auto& hits = context.search.hits();
    const float row = 2.75F * em, pad = 0.4F * em, foot = 2.9F * em;
    const float width = std::min(30 * em, room.w);
    const float x = std::clamp(field.right() - width, room.x, room.right() - width);
    const float y = field.bottom() + 0.2F * em;
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (room.bottom() - y - foot - 2 * pad) / row));
    const std::size_t shown = std::min({hits.size(), most_rows, fit});
    const float height = 2 * pad + static_cast<float>(shown) * row + foot;
    const Rect area{x, y, width, height};

    if (compat::begin_panel("found", {area.x, area.y}, {area.w, area.h}, false)) {
        ScreenCanvas canvas(context.theme, context.fonts);
        draw_list_ground(canvas, area);
        const std::size_t chosen = chosen_index(context);
        const std::size_t first = chosen < shown ? 0 : chosen - shown + 1;
        for (std::size_t i = first; i < first + shown; ++i)
            draw_hit(context, canvas, hits[i],
                     {x + pad, y + pad + static_cast<float>(i - first) * row, width - 2 * pad, row - 0.1F * em},
                     i == chosen);
        float words = y + height - foot;
        std::string progress = context.search.progress();
        if (hits.size() > shown && !hits.empty()) progress = fmt::format("{} of {}", chosen + 1, progress);
        canvas.text(context.fonts.small, {x + pad + 0.5F * em, words}, context.theme.text, progress);
        words += 1.2F * em;
        canvas.text(context.fonts.small, {x + pad + 0.5F * em, words}, context.theme.muted,
                    "\u2191 \u2193 choose \u00B7 Enter goes \u00B7 Tab completes \u00B7 Esc closes");
    }
    ImGui::EndChild();
    // A click elsewhere closes the list.
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const auto holds = [&](const Rect& r) {
        return mouse.x >= r.x && mouse.x < r.right() && mouse.y >= r.y && mouse.y < r.bottom();
    };
    if (ImGui::IsMouseClicked(0) && !holds(area) && !holds(field)) context.requests.close_search();
}

} // namespace keyhole::viz
