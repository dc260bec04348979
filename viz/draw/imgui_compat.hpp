// What differs between releases of ImGui (Debian 12 has 1.86, Debian 13 has 1.90), and the little that reaches below
// its public surface.
#pragma once

#include <imgui.h>

#include <string_view>

namespace keyhole::viz::compat {

/// Tells a log that is being taken (tests do) of text that a view drew by itself.
void log_text(std::string_view text);

/// Gives the keyboard to the text field that is drawn next.
void focus_next_field();

/// Takes the keyboard away from the text field that has it.
void leave_field();

/// Right after a text field whose Enter took the keyboard from it: it has it again, and no frame without.
void stay_in_field();

/// Empties the text field that has the keyboard: it would write what it holds back over any other text.
void clear_field();

/// A key of ImGui's own went down in this frame, or is held and repeats.
bool key_pressed(ImGuiKey key);

/// What the atlas was built from is not needed any more: a Chinese font has 20 MiB, and ImGui keeps a copy for each
/// size.
void drop_font_files(ImFontAtlas& atlas);

/// A child panel at a place of the window, with a border.
bool begin_panel(const char* id, ImVec2 position, ImVec2 size, bool scrolls);

} // namespace keyhole::viz::compat
