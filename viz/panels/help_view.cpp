// F1: the map of the keys, drawn from the tables of commands and of pages, and what the signs on the stage mean.
#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void row(FrameContext& context, std::string_view key, std::string_view name, std::string_view words) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::PushFont(font_of(context.fonts, FontRole::figures));
    ImGui::TextColored(ImGui::ColorConvertU32ToFloat4(context.theme.colour(Ink::current)), "%s",
                       std::string(key).c_str());
    ImGui::PopFont();
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(std::string(name).c_str());
    ImGui::TableNextColumn();
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colour(Ink::muted));
    ImGui::TextWrapped("%s", std::string(words).c_str());
    ImGui::PopStyleColor();
}

void key_table(FrameContext& context) {
    const float em = context.fonts.em;
    if (!ImGui::BeginTable("keys", 3, ImGuiTableFlags_SizingFixedFit)) return;
    ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, 6 * em);
    ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthFixed, 8 * em);
    ImGui::TableSetupColumn("words", ImGuiTableColumnFlags_WidthStretch);
    for (const CommandInfo& command : all_commands()) {
        // The pages stand before the way back to another trace.
        if (command.command == Command::other_trace) {
            for (const PageInfo& page : context.pages) row(context, page.shown_key(), page.label, page.words);
        }
        row(context, command.shown_keys, command.name, command.words);
    }
    ImGui::EndTable();
}

} // namespace

void draw_help(FrameContext& context) {
    const float em = context.fonts.em;
    ScreenCanvas canvas(context.theme, context.fonts);
    ImGui::PushFont(font_of(context.fonts, FontRole::title));
    ImGui::TextUnformatted("Keys");
    ImGui::PopFont();
    key_table(context);
    ImGui::Dummy({1, 0.4F * em});
    ImGui::PushFont(font_of(context.fonts, FontRole::title));
    ImGui::TextUnformatted("Signs");
    ImGui::PopFont();
    const auto sign = [&](unsigned bit, Meaning meaning, bool live, const char* words) {
        const Point at = to_point(ImGui::GetCursorScreenPos());
        canvas.cell({at.x + 0.2F * em, at.y, em, 1.2F * em}, bit, ink_of(meaning), live);
        ImGui::Dummy({1.4F * em, 1.2F * em});
        ImGui::SameLine();
        ImGui::TextWrapped("%s", words);
    };
    sign(1, Meaning::plain, false, "a bit that is 1 is filled, one that is 0 is outlined");
    sign(1, Meaning::right, true, "a thick outline: the current step works on this bit");
    canvas.paragraph(FontRole::text, Ink::followed,
                     "In this colour: a bit that is followed, and all that it comes from and goes to.");
    sign(1, Meaning::left, false, "a left half");
    sign(1, Meaning::right, false, "a right half, and its expansion E");
    sign(1, Meaning::key, false, "key material");
    sign(1, Meaning::sbox, false, "what the S-boxes give, and its permutation P");
    sign(1, Meaning::secret, false, "a secret of Diffie-Hellman");
}

} // namespace keyhole::viz
