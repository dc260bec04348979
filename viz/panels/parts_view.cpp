// The generic stage: what happened in one sentence, and the step's parts as a table in which every row is a way there.
#include <fmt/format.h>

#include "core/steps/step_kinds.hpp"
#include "viz/panels/panels.hpp"
#include "viz/session/values_model.hpp"

namespace keyhole::viz {
namespace {

void table(FrameContext& context, Canvas& canvas) {
    const Theme& theme = context.theme;
    const float em = context.fonts.em;
    if (!ImGui::BeginTable("parts", 2, ImGuiTableFlags_BordersInnerH)) return;
    ImGui::TableSetupColumn("title", ImGuiTableColumnFlags_WidthFixed,
                            std::min(13 * em, 0.38F * ImGui::GetContentRegionAvail().x));
    ImGui::TableSetupColumn("summary", ImGuiTableColumnFlags_WidthStretch);
    for (std::size_t i = 0; i < context.parts.rows.size(); ++i) {
        const PartRow& row = context.parts.rows[i];
        ImGui::PushID(static_cast<int>(i));
        ImGui::TableNextRow();
        if (row.current) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, theme.current_tint);
        ImGui::TableNextColumn();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (row.current && context.moved) ImGui::SetScrollHereY(0.4F);
        canvas.paragraph(context.fonts.text, row.current ? theme.current : theme.text, row.title);
        ImGui::TableNextColumn();
        canvas.paragraph(context.fonts.text, row.current ? theme.text : theme.muted, row.summary);
        const ImVec2 end{at.x + ImGui::GetWindowWidth(), ImGui::GetCursorScreenPos().y - 0.2F * em};
        if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, end)) {
            ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, theme.raised);
            if (ImGui::IsMouseClicked(0)) context.requests.go_to(row.node);
        }
        ImGui::PopID();
    }
    ImGui::EndTable();
}

} // namespace

void draw_parts_stage(FrameContext& context) {
    const float em = context.fonts.em;
    const Theme& theme = context.theme;
    const Node& owner = context.parts.owner;
    Canvas canvas(theme, context.fonts);
    canvas.paragraph(context.fonts.title, theme.text, title(owner));
    canvas.paragraph(context.fonts.text, theme.current, context.step.summary);
    ImGui::Dummy({1, 0.3F * em});
    if (context.parts.count == 0) return;
    const std::size_t shown = context.parts.rows.size();
    const std::string where = shown == context.parts.count
                                  ? fmt::format("{} {}", shown, shown == 1 ? "part" : "parts")
                                  : fmt::format("parts {} to {} of {}", context.parts.first + 1,
                                                context.parts.first + shown, context.parts.count);
    canvas.paragraph(context.fonts.small, theme.muted, where);
    table(context, canvas);
}

} // namespace keyhole::viz
