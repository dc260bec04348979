#include "core/base/utf8.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

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

struct Range {
    char32_t first, last;
};
constexpr Range joiners[] = {
    {0x180B, 0x180D}, {0x180F, 0x180F}, {0x200C, 0x200D}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}};
// Default_Ignorable_Code_Point of the Unicode Character Database (DerivedCoreProperties.txt) without the joiners.
constexpr Range hidden[] = {
    {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180E, 0x180E},
    {0x200B, 0x200B}, {0x200E, 0x200F}, {0x202A, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}, {0xE01F0, 0xE0FFF}};
// White space, and the empty Braille cell.
constexpr Range blank[] = {{0x0009, 0x000D}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0},
                           {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                           {0x205F, 0x205F}, {0x2800, 0x2800}, {0x3000, 0x3000}};

bool is_in(std::span<const Range> ranges, char32_t code) {
    return std::ranges::any_of(ranges, [&](Range range) { return range.first <= code && code <= range.last; });
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

bool is_visible(std::string_view text) {
    bool leaves_a_mark = false;
    for (const Character& c : characters(text)) {
        if (!c.valid || is_in(hidden, c.code)) return false;
        leaves_a_mark = leaves_a_mark || !(is_in(blank, c.code) || is_in(joiners, c.code));
    }
    return leaves_a_mark;
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
