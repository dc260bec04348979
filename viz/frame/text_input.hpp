// The text field that all views use: ImGui's, but no text is altered in it. What comes from outside or leaves goes
// through the stand-ins of WideCharacters.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

/// What Tab makes of the text that was typed; nothing: it stays.
using Completion = std::function<std::optional<std::string>(std::string_view typed)>;

/// True when `text` was edited in this frame. The field is ImGui's last item afterwards. What cannot be pasted whole is
/// not pasted, and a notice says why.
bool text_input(FrameContext& context, const char* id, const char* hint, std::string& text,
                ImGuiInputTextFlags flags = 0, const Completion& on_tab = {});

} // namespace keyhole::viz
