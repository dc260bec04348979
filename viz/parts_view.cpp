// The generic stage: what happened in one sentence, and the step's parts as a table in which every row is a way there.
#include <fmt/format.h>

#include "core/step_kinds.hpp"
#include "viz/values_model.hpp"
#include "viz/views.hpp"

namespace keyhole::viz {
namespace {

void table(View& view) {
    const Theme& theme = view.theme;
    const float em = view.fonts.em;
    if (!ImGui::BeginTable("parts", 2, ImGuiTableFlags_BordersInnerH)) return;
    ImGui::TableSetupColumn("title", ImGuiTableColumnFlags_WidthFixed,
                            std::min(13 * em, 0.38F * ImGui::GetContentRegionAvail().x));
    ImGui::TableSetupColumn("summary", ImGuiTableColumnFlags_WidthStretch);
    for (std::size_t i = 0; i < view.parts.rows.size(); ++i) {
        const PartRow& row = view.parts.rows[i];
        ImGui::PushID(static_cast<int>(i));
        ImGui::TableNextRow();
        if (row.current) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, theme.current_tint);
        ImGui::TableNextColumn();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (row.current && view.moved) ImGui::SetScrollHereY(0.4F);
        ImGui::PushStyleColor(ImGuiCol_Text, row.current ? theme.current : theme.text);
        ImGui::TextWrapped("%s", row.title.c_str());
        ImGui::PopStyleColor();
        ImGui::TableNextColumn();
        ImGui::PushStyleColor(ImGuiCol_Text, row.current ? theme.text : theme.muted);
        ImGui::TextWrapped("%s", row.summary.c_str());
        ImGui::PopStyleColor();
        const ImVec2 end{at.x + ImGui::GetWindowWidth(), ImGui::GetCursorScreenPos().y - 0.2F * em};
        if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, end)) {
            ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, theme.raised);
            if (ImGui::IsMouseClicked(0)) view.wishes.go_to = row.node;
        }
        ImGui::PopID();
    }
    ImGui::EndTable();
}

} // namespace

void draw_parts_stage(View& view) {
    const float em = view.fonts.em;
    const Theme& theme = view.theme;
    const Node& owner = view.parts.owner;
    ImGui::PushFont(view.fonts.title);
    ImGui::TextWrapped("%s", title(owner).c_str());
    ImGui::PopFont();
    ImGui::PushStyleColor(ImGuiCol_Text, theme.current);
    ImGui::TextWrapped("%s", view.step.summary.c_str());
    ImGui::PopStyleColor();
    ImGui::Dummy({1, 0.3F * em});
    if (view.parts.count == 0) return;
    ImGui::PushStyleColor(ImGuiCol_Text, theme.muted);
    ImGui::PushFont(view.fonts.small);
    const std::size_t shown = view.parts.rows.size();
    const std::string where = shown == view.parts.count ? fmt::format("{} {}", shown, shown == 1 ? "part" : "parts")
                                                        : fmt::format("parts {} to {} of {}", view.parts.first + 1,
                                                                      view.parts.first + shown, view.parts.count);
    ImGui::TextUnformatted(where.c_str());
    ImGui::PopFont();
    ImGui::PopStyleColor();
    table(view);
}

} // namespace keyhole::viz
