// UTF-8 (RFC 3629) taken apart: which bytes make one character, and which make none.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.hpp"

namespace keyhole {

/// One character of a text; a byte that belongs to none is one of its own without `valid`.
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

/// "U+20AC"; "byte" for one that is no character.
std::string code_point(const Character& character);

} // namespace keyhole
