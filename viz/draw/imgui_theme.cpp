#include "viz/draw/imgui_theme.hpp"

#include <imgui.h>

namespace keyhole::viz {
namespace {

ImVec4 vec(Colour colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

} // namespace

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
    const auto set = [&](ImGuiCol which, Colour value) { style.Colors[which] = vec(value); };
    set(ImGuiCol_WindowBg, theme.background);
    set(ImGuiCol_ChildBg, theme.panel);
    set(ImGuiCol_PopupBg, theme.raised);
    set(ImGuiCol_Border, theme.border);
    set(ImGuiCol_Text, theme.text);
    set(ImGuiCol_TextDisabled, theme.muted);
    set(ImGuiCol_FrameBg, theme.background);
    set(ImGuiCol_FrameBgHovered, theme.raised);
    set(ImGuiCol_FrameBgActive, theme.raised);
    set(ImGuiCol_Button, theme.raised);
    set(ImGuiCol_ButtonHovered, theme.border);
    set(ImGuiCol_ButtonActive, theme.current_tint);
    set(ImGuiCol_Header, theme.current_tint);
    set(ImGuiCol_HeaderHovered, theme.raised);
    set(ImGuiCol_HeaderActive, theme.current_tint);
    set(ImGuiCol_ScrollbarBg, faded(theme.panel, 0));
    set(ImGuiCol_ScrollbarGrab, theme.border);
    set(ImGuiCol_ScrollbarGrabHovered, theme.faint);
    set(ImGuiCol_ScrollbarGrabActive, theme.muted);
    set(ImGuiCol_TextSelectedBg, faded(theme.current, 0.35F));
    set(ImGuiCol_NavHighlight, theme.current);
    set(ImGuiCol_Separator, theme.border);
    set(ImGuiCol_SliderGrab, theme.current);
    set(ImGuiCol_SliderGrabActive, theme.current);
    set(ImGuiCol_CheckMark, theme.current);
    set(ImGuiCol_TableBorderLight, theme.border);
    set(ImGuiCol_TableBorderStrong, theme.border);
}

} // namespace keyhole::viz
