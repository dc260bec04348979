#include "core/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace keyhole {
namespace {

unsigned length_of(std::uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool continues(std::uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

// The character that starts at `offset`, if one does.
std::optional<Character> starting_at(ByteView text, std::size_t offset) {
    const unsigned length = length_of(text[offset]);
    if (length == 0 || offset + length > text.size()) return std::nullopt;
    const ByteView bytes = text.subspan(offset, length);
    if (!is_utf8(as_text(bytes))) return std::nullopt;
    // RFC 3629, section 3: a lead byte of n bytes keeps 7 - n bits, each further byte six.
    char32_t code = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
    for (unsigned i = 1; i < length; ++i) code = code << 6U | (bytes[i] & 0x3FU);
    return Character{.offset = offset, .length = length, .code = code, .valid = true};
}

} // namespace

Character character_at(ByteView text, std::size_t offset) {
    std::size_t start = offset;
    while (start > 0 && offset - start < 3 && continues(text[start])) --start;
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

std::string code_point(const Character& character) {
    return character.valid ? fmt::format("U+{:04X}", static_cast<std::uint32_t>(character.code)) : "byte";
}

} // namespace keyhole
