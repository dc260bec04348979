// The bytes that one step of a message shows, a few rows at a time: characters, code bits, padding. Nothing here walks
// over a whole message. (RFC 3629, section 3; RFC 5652, section 6.3.)
#pragma once

#include <string>
#include <vector>

#include "core/base/utf8.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// Whether to show bytes as text, decided by their beginning, so that a large file does not cost more than a small one.
bool reads_as_text(ByteView bytes);

/// The bytes that a step shows, and what they are.
struct ByteSheet {
    ByteView bytes;
    std::size_t text_bytes = 0; // what follows them is padding
    bool characters = false;    // text: its characters are shown above the bytes
    bool blocks = false;        // rows are the blocks of DES
    bool taken_off = false;     // the receiver takes the padding off; else the sender puts it on
    Padding rule = Padding::none;
    std::string refusal; // why the receiver refused them; empty where it did not

    std::size_t padding() const { return bytes.size() - text_bytes; }
    std::size_t rows() const { return (bytes.size() + 7) / 8; }
    /// Of the byte at `offset` in the padding: 1, 2, ..; 0 in the text.
    std::size_t padding_number(std::size_t offset) const { return offset < text_bytes ? 0 : offset - text_bytes + 1; }
};

/// The node is encode, pad, decode or unpad.
ByteSheet byte_sheet(const Trace& trace, const Node& node);

/// How a character is shown: itself, or "LF", "space" and the like for what cannot be seen.
std::string glyph(ByteView text, const Character& character);

/// One bit of a character's bytes: which bit of the code point it carries (1 is the leftmost), or 0 for the marker bits
/// that RFC 3629 sets.
struct CodeBit {
    unsigned bit = 0;
    unsigned payload = 0;
};

struct CodeBits {
    unsigned payload_bits = 7; // 7, 11, 16 or 21
    std::vector<CodeBit> bits; // eight a byte
};

/// How the code point lies in the bytes. The character is valid.
CodeBits code_bits(ByteView text, const Character& character);

/// "17 = 2 × 8 + 1: 7 bytes missing to a whole block. So 7 bytes of value 07." or what else holds of the sheet.
std::string padding_words(const ByteSheet& sheet);

/// The first character of more than one byte near the beginning, else the first: the one worth opening.
std::size_t character_to_open(ByteView text);

} // namespace keyhole::viz
