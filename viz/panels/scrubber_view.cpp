// The bar at the foot: the whole trace in coloured phases; a click or a drag goes there.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/scrubber_model.hpp"

namespace keyhole::viz {
namespace {

struct ScrubberState {
    Scrubber bar; // with thousands of messages the phases take longer to find than to draw
    std::uint64_t session = 0;
    std::size_t messages = 0;
    bool dragged = false; // a drag is going on, and has moved
};

ScrubberState& kept_scrubber(const FrameContext& context) {
    auto& kept = context.state.of<ScrubberState>();
    const std::size_t now = context.trace.recording().messages.size();
    if (context.moved || kept.session != context.session.id || kept.messages != now) {
        kept.bar = scrubber(context.trace.tree(), context.step.node);
        kept.session = context.session.id;
        kept.messages = now;
    }
    return kept;
}

} // namespace

void draw_scrubber(FrameContext& context, bool with_labels) {
    const float em = context.fonts.em;
    ScreenCanvas canvas(context.theme, context.fonts);
    ScrubberState& kept = kept_scrubber(context);
    const Scrubber& bar = kept.bar;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const std::string where = fmt::format("step {} of {}", grouped_decimal(bar.number), grouped_decimal(bar.total));
    const float where_width = canvas.width(FontRole::small, where);
    const float whole = ImGui::GetContentRegionAvail().x;
    // In a low window the number stands beside the bar, and labels are left out.
    const float width = with_labels ? whole : whole - where_width - em;
    const float top = at.y + (with_labels ? 0.35F : 0.05F) * em, foot = top + 0.75F * em;
    const float words = with_labels ? foot + 0.35F * em : top - 0.05F * em;

    ImGui::InvisibleButton("bar", {std::max(width, 1.0F), (with_labels ? 1.4F : 0.85F) * em});
    if (ImGui::IsItemActive()) {
        const float over = std::clamp((ImGui::GetIO().MousePos.x - at.x) / width, 0.0F, 1.0F);
        const std::uint64_t number = number_at(bar, over);
        context.requests.seek(number, kept.dragged);
        kept.dragged = kept.dragged || number != context.cursor.number();
    } else {
        kept.dragged = false;
    }
    if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) {
        const float over = std::clamp((ImGui::GetIO().MousePos.x - at.x) / width, 0.0F, 1.0F);
        const std::uint64_t number = number_at(bar, over);
        ImGui::SetTooltip("%s\nstep %s", address(context.trace.tree().at_number(number)).c_str(),
                          grouped_decimal(number).c_str());
    }
    canvas.text(FontRole::small, {at.x + whole - where_width, words}, Ink::text, where);

    // Labels: that of the current phase first, then those that fit below their own phase.
    std::vector<std::pair<float, float>> taken = {{at.x + whole - where_width - em, at.x + whole}};
    const auto label = [&](const Phase& phase, float from, bool here) {
        const float end = from + canvas.width(FontRole::small, phase.label);
        if (!with_labels || std::ranges::any_of(taken, [&](const auto& t) { return from < t.second && end > t.first; }))
            return;
        canvas.text(FontRole::small, {from, words}, here ? Ink::text : Ink::muted, phase.label);
        taken.emplace_back(from - 0.5F * em, end + 0.5F * em);
    };
    const auto begin_of = [&](const Phase& phase) { return std::round(at.x + phase.begin * width); };
    const auto is_here = [&](const Phase& phase) {
        return bar.number >= phase.first && bar.number < phase.first + phase.size;
    };
    for (const Phase& phase : bar.phases) {
        const float room = taken[0].first - canvas.width(FontRole::small, phase.label);
        if (is_here(phase)) label(phase, std::max(at.x, std::min(begin_of(phase), room)), true);
    }
    for (const Phase& phase : bar.phases) {
        const float from = begin_of(phase), to = std::round(at.x + phase.end * width) - 0.15F * em;
        canvas.box(Rect::between({from, top}, {std::max(to, from + 2), foot}), ink_of(phase.meaning), Ink::none);
        const float label_width = canvas.width(FontRole::small, phase.label);
        // A label gives way to the one before it as long as it stays below its own phase.
        float label_at = from;
        for (const auto& t : taken) {
            if (label_at < t.second && label_at + label_width > t.first) label_at = t.second;
        }
        if (!is_here(phase) && label_at + label_width < to + 0.5F * em) label(phase, label_at, false);
    }
    for (const Mark& mark : bar.marks) {
        const float mark_x = at.x + mark.at * width;
        const float height = (mark.level == 0 ? 0.75F : mark.level == 1 ? 0.5F : 0.3F) * em;
        canvas.straight({mark_x, foot - height}, {mark_x, foot}, faded(Ink::panel, 0.75F), canvas.line());
    }
    const float x = at.x + bar.position * width;
    canvas.box(Rect::between({x - 0.16F * em, top - 0.3F * em}, {x + 0.16F * em, foot + 0.3F * em}), Ink::current,
               Ink::panel, canvas.line());
}

} // namespace keyhole::viz
