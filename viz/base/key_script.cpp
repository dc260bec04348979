#include "viz/base/key_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"

namespace keyhole::viz {
namespace {

constexpr unsigned longest_pause = 60; // seconds

struct NamedKey {
    std::string_view name;
    Key key;
};
constexpr std::array<NamedKey, 15> names = {{{"Space", Key::space},
                                             {"Left", Key::left},
                                             {"Right", Key::right},
                                             {"Up", Key::up},
                                             {"Down", Key::down},
                                             {"Home", Key::home},
                                             {"End", Key::end},
                                             {"Esc", Key::escape},
                                             {"Enter", Key::enter},
                                             {"F1", Key::f1},
                                             {"F5", Key::f5},
                                             {"F12", Key::f12},
                                             {"Page-Up", Key::page_up},
                                             {"Page-Down", Key::page_down},
                                             {"Tab", Key::tab}}};

std::optional<ScriptedPause> pause_of(std::string_view word) {
    if (!word.ends_with('s')) return std::nullopt;
    const auto seconds = whole_number<unsigned>(word.substr(0, word.size() - 1));
    return seconds && *seconds <= longest_pause ? std::optional(ScriptedPause{double(*seconds)}) : std::nullopt;
}

std::optional<KeyPress> press_of(std::string_view word) {
    KeyPress press;
    for (bool more = true; more;) {
        more = false;
        if (word.size() > 5 && word.starts_with("Ctrl+")) {
            press.ctrl = more = true;
            word.remove_prefix(5);
        } else if (word.size() > 4 && word.starts_with("Alt+")) {
            press.alt = more = true;
            word.remove_prefix(4);
        }
    }
    const auto* named = std::ranges::find(names, word, &NamedKey::name);
    if (named != names.end()) {
        press.key = named->key;
    } else if (word.size() == 1 && word[0] > ' ' && word[0] < 127) {
        press.key = key_of(static_cast<char>(word[0] >= 'A' && word[0] <= 'Z' ? word[0] + 'a' - 'A' : word[0]));
    } else {
        return std::nullopt;
    }
    return press;
}

} // namespace

std::vector<ScriptedKey> parse_key_script(std::string_view text) {
    std::vector<ScriptedKey> script;
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        if (word.size() > 1 && word[0] == '=' && is_utf8(word)) {
            script.emplace_back(ScriptedText{word.substr(1)});
        } else if (const auto pause = pause_of(word)) {
            script.emplace_back(*pause);
        } else if (const auto press = press_of(word)) {
            script.emplace_back(*press);
        } else {
            throw bad_input(
                fmt::format("--press has no key '{}' (a character, Enter, Page-Down, Ctrl+G, a pause like "
                            "2s, or =TEXT)",
                            escape_controls(word.substr(0, 30))));
        }
    }
    return script;
}

} // namespace keyhole::viz
