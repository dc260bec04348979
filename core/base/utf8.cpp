#include "core/base/utf8.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace keyhole {
namespace {

// The character that starts at `offset`, if one does.
std::optional<Character> starting_at(ByteView text, std::size_t offset) {
    constexpr std::size_t longest = 4;
    const ByteView bytes = text.subspan(offset, std::min(longest, text.size() - offset));
    auto end = bytes.begin();
    if (utf8::find_invalid(bytes.begin(), bytes.end()) == bytes.begin()) return std::nullopt;
    const char32_t code = utf8::unchecked::next(end);
    return Character{
        .offset = offset, .length = static_cast<unsigned>(end - bytes.begin()), .code = code, .valid = true};
}

} // namespace

Character character_at(ByteView text, std::size_t offset) {
    std::size_t start = offset;
    while (start > 0 && offset - start < 3 && continues_character(static_cast<char>(text[start]))) --start;
    const auto found = starting_at(text, start);
    if (found && found->end() > offset) return *found;
    return {.offset = offset, .length = 1, .code = text[offset], .valid = false};
}

std::vector<Character> characters(ByteView text, std::size_t first, std::size_t count) {
    std::vector<Character> out;
    const std::size_t end = first + std::min(count, text.size() - std::min(first, text.size()));
    for (std::size_t at = first; at < end; at = out.back().end()) out.push_back(character_at(text, at));
    return out;
}

std::string utf8_of(char32_t code) {
    constexpr char32_t last = 0x10FFFF, replacement = 0xFFFD;
    const bool is_none = code > last || (code >= 0xD800 && code <= 0xDFFF);
    std::string out;
    utf8::unchecked::append(is_none ? replacement : code, std::back_inserter(out));
    return out;
}

std::string code_point(const Character& character) {
    return character.valid ? fmt::format("U+{:04X}", static_cast<std::uint32_t>(character.code)) : "byte";
}

} // namespace keyhole
