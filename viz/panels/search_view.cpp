// The list below the go-to field: the steps that the search has found so far. Arrows choose, Enter goes, Esc closes.
#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
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

void draw_hit(FrameContext& context, ScreenCanvas& canvas, const SearchHit& hit, Rect area, bool chosen) {
    const float em = context.fonts.em;
    const bool hovered = canvas.hovered(area);
    if (chosen) {
        canvas.box(area, Ink::current_tint, Ink::current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(area, Ink::panel, Ink::muted);
    }
    const float x = area.x + 0.5F * em, right = area.right() - 0.5F * em;
    const float first = area.y + 0.28F * em, second = first + 1.2F * em;
    const float title_end = canvas.text(FontRole::text, {x, first}, chosen ? Ink::current : Ink::text, hit.title);
    // The value stands beside the heading, or before the address where there is no room.
    float address_from = x;
    if (!hit.match.empty()) {
        const float width = canvas.width(FontRole::figures_small, hit.match);
        if (title_end + em + width <= right) {
            canvas.text(FontRole::figures_small, {right - width, first + 0.1F * em}, Ink::text, hit.match);
        } else {
            address_from = canvas.text(FontRole::figures_tiny, {x, second}, Ink::text, hit.match) + 0.8F * em;
        }
    }
    const bool fits = canvas.width(FontRole::figures_small, hit.address) <= right - address_from;
    const FontRole font = fits ? FontRole::figures_small : FontRole::figures_tiny;
    canvas.text(font, {address_from, second}, Ink::muted, head_cut(canvas, font, hit.address, right - address_from));
    if (canvas.clicked(area)) context.requests.go_to_address(hit.address);
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
        canvas.text(FontRole::small, {x + pad + 0.5F * em, words}, Ink::text, progress);
        words += 1.2F * em;
        canvas.text(FontRole::small, {x + pad + 0.5F * em, words}, Ink::muted,
                    "\u2191 \u2193 choose \u00B7 Enter goes \u00B7 Tab completes \u00B7 Esc closes");
    }
    ImGui::EndChild();
    // A click elsewhere closes the list.
    const Point mouse = to_point(ImGui::GetIO().MousePos);
    if (ImGui::IsMouseClicked(0) && !area.contains(mouse) && !field.contains(mouse)) context.requests.close_search();
}

} // namespace keyhole::viz
