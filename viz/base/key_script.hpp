// Keys that are pressed before a picture is taken, as text: "m m" or "n n 2s e =Hello! Enter".
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "viz/base/command.hpp"

namespace keyhole::viz {

struct ScriptedText {
    std::string text; // typed into the field that has the keyboard
};
struct ScriptedPause {
    double seconds = 0;
};
using ScriptedKey = std::variant<KeyPress, ScriptedText, ScriptedPause>;

/// Words with spaces between them: a character, a key's name (Enter, Page-Down), either with Ctrl+ or Alt+ before it, a
/// pause of whole seconds (2s, up to 60), or a text after `=`. Throws Error (bad_input).
std::vector<ScriptedKey> parse_key_script(std::string_view text);

} // namespace keyhole::viz
