#include "viz/base/wide_characters.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace keyhole::viz {
namespace {

constexpr char32_t last_narrow = 0xFFFF;
constexpr std::size_t most_named = 4;

bool in_area(char32_t code) { return code >= WideCharacters::first_stand_in && code <= WideCharacters::last_stand_in; }

bool fits_a_field(char32_t code) {
    const bool is_private = code >= 0xE000 && code <= 0xF8FF;
    return code <= last_narrow && !is_private && !in_area(code);
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::optional<std::string> WideCharacters::into_field(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    std::string out;
    for (const Character& c : characters(text)) {
        if (!c.valid || fits_a_field(c.code)) {
            out += text.substr(c.offset, c.length);
            continue;
        }
        const auto next = static_cast<char32_t>(first_stand_in + meant_.size());
        const auto [known, added] = stand_in_.try_emplace(c.code, next);
        if (added && !in_area(next)) {
            stand_in_.erase(known);
            return std::nullopt;
        }
        if (added) meant_.push_back(c.code);
        out += utf8_of(known->second);
    }
    return out;
}

std::string WideCharacters::out_of_field(std::string_view field) const {
    if (is_ascii(field)) return std::string(field);
    std::string out;
    for (const Character& c : characters(field)) {
        const std::size_t place = c.code - first_stand_in;
        if (c.valid && in_area(c.code) && place < meant_.size()) {
            out += utf8_of(meant_[place]);
        } else {
            out += field.substr(c.offset, c.length);
        }
    }
    return out;
}

std::string wide_characters_in(std::string_view text) {
    if (is_ascii(text)) return {};
    std::vector<std::string> names;
    for (const Character& c : characters(text)) {
        if (!c.valid || c.code <= last_narrow) continue;
        const std::string name = code_point(c);
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) out += (i > 0 ? ", " : "") + names[i];
    return names.size() > most_named ? out + " .." : out;
}

} // namespace keyhole::viz
