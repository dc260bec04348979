// Which bytes of a text make one character of UTF-8 (RFC 3629), and which belong to none: for views that show a text
// byte by byte and may begin in its middle.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.hpp"

namespace keyhole {

/// One character of a text. A byte that belongs to no character counts as one of its own, with `valid` false.
struct Character {
    std::size_t offset = 0;
    unsigned length = 1; // bytes
    char32_t code = 0;
    bool valid = false;

    std::size_t end() const { return offset + length; }
    bool operator==(const Character&) const = default;
};

/// The character that the byte at `offset` belongs to; looks at three bytes to either side.
Character character_at(ByteView text, std::size_t offset);

/// All characters that have a byte in [first, first + count).
std::vector<Character> characters(ByteView text, std::size_t first, std::size_t count);
/// All of a text's characters.
inline std::vector<Character> characters(std::string_view text) { return characters(as_bytes(text), 0, text.size()); }

/// Characters of what a peer of a chat or a student of a class calls itself.
inline constexpr std::size_t longest_name = 40;

/// Whether a reader sees the text as what it is: something in it leaves a mark, and nothing is hidden in it (Unicode's
/// Default_Ignorable_Code_Point) but the joiners and variation selectors that scripts and emoji need.
bool is_visible(std::string_view text);

/// The bytes of one character; those of U+FFFD for a number that is none (a surrogate, or beyond U+10FFFF).
std::string utf8_of(char32_t code);

/// "U+20AC"; "byte" for a byte that belongs to no character.
std::string code_point(const Character& character);

} // namespace keyhole
