#include "viz/draw/imgui_theme.hpp"

#include <imgui.h>

namespace keyhole::viz {

void apply_theme(const Theme& theme, float em) {
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    style.WindowPadding = {0.6F * em, 0.5F * em};
    style.FramePadding = {0.5F * em, 0.28F * em};
    style.ItemSpacing = {0.4F * em, 0.35F * em};
    style.ItemInnerSpacing = {0.3F * em, 0.3F * em};
    style.CellPadding = {0.4F * em, 0.3F * em};
    style.ScrollbarSize = 0.65F * em;
    style.WindowRounding = style.ChildRounding = style.FrameRounding = style.PopupRounding = 0.22F * em;
    style.ScrollbarRounding = style.GrabRounding = 0.3F * em;
    style.WindowBorderSize = 0;
    style.ChildBorderSize = style.FrameBorderSize = 1;
    style.DisplayWindowPadding = style.DisplaySafeAreaPadding = {0, 0};
    const auto set = [&](ImGuiCol which, Paint paint) {
        style.Colors[which] = ImGui::ColorConvertU32ToFloat4(theme.colour(paint));
    };
    set(ImGuiCol_WindowBg, Ink::background);
    set(ImGuiCol_ChildBg, Ink::panel);
    set(ImGuiCol_PopupBg, Ink::raised);
    set(ImGuiCol_Border, Ink::border);
    set(ImGuiCol_Text, Ink::text);
    set(ImGuiCol_TextDisabled, Ink::muted);
    set(ImGuiCol_FrameBg, Ink::background);
    set(ImGuiCol_FrameBgHovered, Ink::raised);
    set(ImGuiCol_FrameBgActive, Ink::raised);
    set(ImGuiCol_Button, Ink::raised);
    set(ImGuiCol_ButtonHovered, Ink::border);
    set(ImGuiCol_ButtonActive, Ink::current_tint);
    set(ImGuiCol_Header, Ink::current_tint);
    set(ImGuiCol_HeaderHovered, Ink::raised);
    set(ImGuiCol_HeaderActive, Ink::current_tint);
    set(ImGuiCol_ScrollbarBg, faded(Ink::panel, 0));
    set(ImGuiCol_ScrollbarGrab, Ink::border);
    set(ImGuiCol_ScrollbarGrabHovered, Ink::faint);
    set(ImGuiCol_ScrollbarGrabActive, Ink::muted);
    set(ImGuiCol_TextSelectedBg, faded(Ink::current, 0.35F));
    set(ImGuiCol_NavHighlight, Ink::current);
    set(ImGuiCol_Separator, Ink::border);
    set(ImGuiCol_SliderGrab, Ink::current);
    set(ImGuiCol_SliderGrabActive, Ink::current);
    set(ImGuiCol_CheckMark, Ink::current);
    set(ImGuiCol_TableBorderLight, Ink::border);
    set(ImGuiCol_TableBorderStrong, Ink::border);
}

} // namespace keyhole::viz
