// The stage of a message's bytes, a block of eight a row: the characters that they make, the padding counted out, and
// one character opened into its bits. (RFC 3629, section 3; RFC 5652, section 6.3.)
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is encode, pad, unpad, or a decode of bytes that came in no line. Bytes count from 1: "byte.17"; the
/// character that begins there is "char.17".
Picture bytes_picture(const StageInput& input);

/// The character that is open is the one of the byte that is followed. The step lies in a message.
Item next_character(const StageInput& input, Item followed, int step);

/// The byte at `offset` of the text as an item.
constexpr Item item_of_byte(std::size_t offset) { return Item{offset} + 1; }

} // namespace keyhole::viz
