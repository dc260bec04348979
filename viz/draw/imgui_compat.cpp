#include "viz/draw/imgui_compat.hpp"

#include <imgui_internal.h>

namespace keyhole::viz::compat {

void log_text(std::string_view text) { ImGui::LogText("%.*s\n", static_cast<int>(text.size()), text.data()); }

void focus_next_field() {
#if IMGUI_VERSION_NUM >= 19000 && IMGUI_VERSION_NUM < 19020
    // These look for the field only where the keyboard was before (ImGui's issue 7226).
    GImGui->NavFocusScopeId = GImGui->CurrentFocusScopeId;
#endif
    ImGui::SetKeyboardFocusHere();
}

void leave_field() { ImGui::ClearActiveID(); }

void stay_in_field() {
    if (!ImGui::IsItemDeactivated()) return;
    ImGui::SetActiveID(ImGui::GetItemID(), ImGui::GetCurrentWindow());
    GImGui->WantTextInputNextFrame = 1; // since 1.87 only a field that was not left asks for that
}

void clear_field() {
    if (ImGuiInputTextState* state = ImGui::GetInputTextState(ImGui::GetActiveID())) state->ClearText();
}

bool key_pressed(ImGuiKey key) {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::IsKeyPressed(key);
#else
    // Below, the window system numbers the keys, and where there is none a key has no number.
    const int index = ImGui::GetKeyIndex(key);
    return index >= 0 && ImGui::IsKeyPressed(index);
#endif
}

void drop_font_files(ImFontAtlas& atlas) {
#if IMGUI_VERSION_NUM < 19200 // from there on it draws glyphs when they are needed
    atlas.ClearInputData();
#else
    (void)atlas;
#endif
}

bool begin_panel(const char* id, ImVec2 position, ImVec2 size, bool scrolls) {
    ImGui::SetCursorPos(position);
    const ImGuiWindowFlags flags =
        scrolls ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
#if IMGUI_VERSION_NUM >= 19000
    return ImGui::BeginChild(id, size, ImGuiChildFlags_Border, flags | ImGuiWindowFlags_NoNav);
#else
    return ImGui::BeginChild(id, size, true, flags | ImGuiWindowFlags_NoNav);
#endif
}

} // namespace keyhole::viz::compat
