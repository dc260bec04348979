#include "core/base/markup.hpp"

#include "core/base/utf8.hpp"

namespace keyhole {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

// HTML, "Text" (controls and noncharacters), and the Char of XML 1.0.
bool may_stand(char32_t code) {
    if (code == '\t' || code == '\n' || code == '\r') return true;
    const bool control = code < 0x20 || (code >= 0x7F && code <= 0x9F);
    const bool noncharacter = (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFEU) == 0xFFFE;
    return !control && !noncharacter;
}

std::string_view reference(char32_t code) {
    switch (code) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&#39;";
        default: return {};
    }
}

} // namespace

std::string markup(std::string_view text) {
    const ByteView bytes = as_bytes(text);
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(bytes, at);
        const std::string_view escaped = reference(character.valid ? character.code : 0);
        if (!escaped.empty()) {
            out += escaped;
        } else if (character.valid && may_stand(character.code)) {
            out += text.substr(at, character.length);
        } else {
            out += replacement;
        }
        at = character.end();
    }
    return out;
}

} // namespace keyhole
