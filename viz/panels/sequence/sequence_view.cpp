// The exchange on the left: two lifelines and the rows in sight; the row of the current step is scrolled into sight.
#include <algorithm>
#include <cmath>

#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/sequence/sequence_row_view.hpp"

namespace keyhole::viz {
namespace {

struct SequenceState {
    std::optional<Sequence> sequence;
    std::uint64_t session = 0;
    std::size_t messages = 0;
};

const Sequence& kept_sequence(const FrameContext& context) {
    auto& [kept, session, messages] = context.state.of<SequenceState>();
    const std::size_t now = context.trace.recording().messages.size();
    if (!kept || session != context.session.id || context.moved || messages != now) {
        if (kept && session == context.session.id) {
            kept->refresh();
        } else {
            kept.emplace(context.trace);
        }
        session = context.session.id;
        messages = now;
    }
    return *kept;
}

Ink side_ink(Role role) { return ink_of(meaning_of(role)); }

void draw_side_names(const FrameContext& context, const Lanes& lanes, float y) {
    ScreenCanvas canvas(context.theme, context.fonts);
    for (const Role role : every_role) {
        const char* words = role == Role::server ? "Server" : "Client";
        canvas.text_centred(FontRole::text, {lanes.lifeline(role), y}, side_ink(role), words);
    }
}

} // namespace

bool has_sequence(const FrameContext& context) { return kept_sequence(context).exchange(); }

void draw_sequence(FrameContext& context) {
    const Sequence& sequence = kept_sequence(context);
    const float em = context.fonts.em;
    const Rect area = free_room();
    const float head_height = 1.35F * em, bar = ImGui::GetStyle().ScrollbarSize;
    const auto lines = static_cast<float>(sequence.line_count());
    // Lines move apart where all of them fit.
    const float room = area.h - head_height;
    const float line_height = std::floor(std::clamp((room - 2) / std::max(lines, 1.0F), 1.34F * em, 1.85F * em));
    draw_side_names(context, {area.x, area.w - bar, line_height}, area.y + 0.5F * head_height);
    ImGui::SetCursorScreenPos({area.x, area.y + head_height});
    if (ImGui::BeginChild("lines", {area.w, room}, false, ImGuiWindowFlags_NoNav)) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const Point origin = to_point(ImGui::GetCursorScreenPos());
        const Lanes lanes{origin.x, area.w - bar, line_height};
        const auto place = sequence.place(context.step.node);
        const float scroll = ImGui::GetScrollY();
        if (context.moved && place) {
            const float y = static_cast<float>(sequence.lines_before(place->row)) * line_height;
            const float margin = std::min(2.5F * line_height, 0.3F * room);
            if (y < scroll + margin || y + line_height > scroll + room - margin)
                ImGui::SetScrollY(std::max(0.0F, y - 0.4F * room));
        }
        const float top = origin.y + scroll;
        for (const Role role : every_role) {
            const float x = lanes.lifeline(role);
            const Paint ink = faded(side_ink(role), 0.6F);
            const float foot = std::min(top + room, origin.y + lines * line_height);
            if (sequence.known(role)) {
                canvas.straight({x, top}, {x, foot}, ink, 1.5F * canvas.line());
            } else {
                draw_dashed(canvas, {x, top}, {x, foot}, ink);
            }
        }
        const auto first_line = static_cast<std::uint64_t>(std::max(scroll / line_height, 0.0F));
        for (std::uint64_t i = sequence.row_at_line(first_line); i < sequence.row_count(); ++i) {
            const float y = static_cast<float>(sequence.lines_before(i)) * line_height;
            if (y > scroll + room) break;
            const bool here = place && place->row == i;
            draw_sequence_row(context, canvas, lanes, sequence.row(i), origin.y + y,
                              here ? std::optional(place->where) : std::nullopt);
        }
        ImGui::SetCursorScreenPos({origin.x, origin.y + lines * line_height});
        ImGui::Dummy({1, 0});
    }
    ImGui::EndChild();
}

} // namespace keyhole::viz
