#include "viz/draw/theme.hpp"

#include <array>

namespace keyhole::viz {
namespace {

// 0xRRGGBB, as designers write colours.
constexpr ImU32 rgb(unsigned value) {
    return IM_COL32((value >> 16) & 0xFF, (value >> 8) & 0xFF, value & 0xFF, 0xFF); // NOLINT
}

// clang-format off
constexpr Theme dark{
    .background = rgb(0x0F1116), .panel = rgb(0x191C25), .raised = rgb(0x232834), .border = rgb(0x2C3240),
    .text = rgb(0xE9EBF1), .muted = rgb(0xA6ADBD), .faint = rgb(0x848C9F),
    .current = rgb(0xF5A32F), .on_current = rgb(0x1A1205), .current_tint = rgb(0x3A2A12),
    .plain = rgb(0xCBD0DC), .left = rgb(0x56B4E9), .right = rgb(0x2CC79A), .key = rgb(0xD67FB0), .sbox = rgb(0xDCC94A),
    .secret = rgb(0x9A86F0), .on_fill = rgb(0x0C0E13), .error = rgb(0xFF7B6B),
    .wire_alpha = 0.42F, .text_factor = 1.0F, .growth = 0, .line = 1.0F,
};

constexpr Theme light{
    .background = rgb(0xE9EBF0), .panel = rgb(0xFBFCFD), .raised = rgb(0xEEF0F5), .border = rgb(0xCDD2DC),
    .text = rgb(0x171A21), .muted = rgb(0x4E5666), .faint = rgb(0x6E7686),
    .current = rgb(0xC85000), .on_current = rgb(0xFFFFFF), .current_tint = rgb(0xFBE6D2),
    .plain = rgb(0x5B6475), .left = rgb(0x0072B2), .right = rgb(0x007F5F), .key = rgb(0xA63F82), .sbox = rgb(0x8A7000),
    .secret = rgb(0x5B45C2), .on_fill = rgb(0xFFFFFF), .error = rgb(0xB3261E),
    .wire_alpha = 0.40F, .text_factor = 1.0F, .growth = 0, .line = 1.0F,
};

constexpr Theme projector{
    .background = rgb(0xFFFFFF), .panel = rgb(0xFFFFFF), .raised = rgb(0xF0F2F6), .border = rgb(0x8E95A3),
    .text = rgb(0x000000), .muted = rgb(0x363C48), .faint = rgb(0x6C7483),
    .current = rgb(0xD03A00), .on_current = rgb(0xFFFFFF), .current_tint = rgb(0xFFE3CC),
    .plain = rgb(0x434B5A), .left = rgb(0x005FA3), .right = rgb(0x00694E), .key = rgb(0x8F246C), .sbox = rgb(0x735C00),
    .secret = rgb(0x4630A8), .on_fill = rgb(0xFFFFFF), .error = rgb(0x9C0F0A),
    .wire_alpha = 0.55F, .text_factor = 1.15F, .growth = 0.6F, .line = 1.4F,
};
// clang-format on

constexpr std::array names = {std::string_view("dark"), std::string_view("light"), std::string_view("projector")};

ImVec4 vec(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

} // namespace

std::string_view name(ThemeName theme) { return names[static_cast<std::size_t>(theme)]; }

std::optional<ThemeName> find_theme(std::string_view wanted) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == wanted) return static_cast<ThemeName>(i);
    }
    return std::nullopt;
}

ThemeName next(ThemeName theme) { return static_cast<ThemeName>((static_cast<std::size_t>(theme) + 1) % names.size()); }

const Theme& theme(ThemeName name) {
    switch (name) {
        case ThemeName::dark: return dark;
        case ThemeName::light: return light;
        case ThemeName::projector: break;
    }
    return projector;
}

ImU32 colour(const Theme& theme, Meaning meaning) {
    switch (meaning) {
        case Meaning::left: return theme.left;
        case Meaning::right: return theme.right;
        case Meaning::key: return theme.key;
        case Meaning::sbox: return theme.sbox;
        case Meaning::secret: return theme.secret;
        case Meaning::plain: break;
    }
    return theme.plain;
}

ImU32 faded(ImU32 colour, float alpha) {
    ImVec4 c = vec(colour);
    c.w *= alpha;
    return ImGui::ColorConvertFloat4ToU32(c);
}

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
    const auto set = [&](ImGuiCol which, ImU32 value) { style.Colors[which] = vec(value); };
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
