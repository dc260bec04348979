// The window's own fonts, files beside the program: which of them each role is set in, and with which characters. An
// atlas holds the common ones from the start and a block of the others when the first of it is to be drawn: all of them
// in all sizes took a third of a second to make.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "viz/picture/typeface.hpp"

namespace keyhole::viz {

struct CharacterRange {
    char32_t first, last;
};

/// What one file gives to a role. Of a role's sources the first that has a character draws it.
struct FontSource {
    const char* file;
    float size; // in parts of the role's
    float drop; // lowers the glyphs, in parts of the size, so that fonts of unlike metrics share a base line
    std::span<const CharacterRange> characters;
};

struct RoleFont {
    float size; // in parts of a line of `text`
    std::span<const FontSource> sources;
};
const RoleFont& role_font(FontRole role);

/// Characters are taken up in blocks of 32: a language's letters come in a few of them.
using Blocks = std::set<std::uint16_t>;
constexpr std::uint16_t block_of(char32_t character) { return static_cast<std::uint16_t>(character / 32); }

/// Whether one of the role's files may have the character.
bool may_have(FontRole role, char32_t character);

/// Of a source: the common characters, and those in these blocks.
std::vector<CharacterRange> characters_of(const FontSource& source, const Blocks& blocks);

} // namespace keyhole::viz
