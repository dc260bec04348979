// A message on its way, as the stage shows it: the stations that it passes, what it is at each of them on either side,
// and its bytes a few rows at a time. Nothing here walks over a whole message: half a megabyte costs what a line does.
// (RFC 3629, section 3; RFC 5652, section 6.3.)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/utf8.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// One step of a message: a chip of the strip above every stage of it.
struct Station {
    Node node;
    std::string name; // the address's word: "encode"
    std::string size; // of what it makes: "24 B"; "refused" where it makes nothing
    bool received = false;
    bool current = false;
};

/// In the order of happening. The node lies in a message.
std::vector<Station> stations(const Trace& trace, const Node& node);

/// What the message is at one height of the picture, on one side.
struct Layer {
    bool known = false;
    ByteView bytes;
    bool text = false;        // to be shown as text, not as hex
    std::string size;         // "17 bytes", or why it is not known
    std::optional<Node> made; // the step that gave it
};

/// The heights from the top, and what is on both sides: [0] is the sender, [1] the receiver.
struct LayerPair {
    std::string name;
    std::array<Layer, 2> sides;
    bool same = false; // both are known and equal
};

struct MessageModel {
    std::uint64_t number = 1;
    bool exchange = false; // else the workbench: one side only, no wire
    bool refused = false;
    std::array<std::string, 2> parties; // "Client, sends", "Server, receives"
    std::vector<LayerPair> layers;
    std::array<std::vector<std::optional<Node>>, 2> steps; // between layer i and i + 1

    /// The step to be named between layer i and i + 1. One that spans several layers is named where it begins: on the
    /// sender's side at the upper end, on the receiver's, whose way leads up, at the lower one.
    std::optional<Node> named_step(std::size_t side, std::size_t i) const;
};

MessageModel make_message_model(const Trace& trace, const Node& node);

/// The bytes that a step shows, and what they are.
struct ByteSheet {
    ByteView bytes;
    std::size_t text_bytes = 0; // what follows them is padding
    bool characters = false;    // text: its characters are shown above the bytes
    bool blocks = false;        // rows are the blocks of DES
    bool taken_off = false;     // the receiver takes the padding off; else the sender puts it on
    Padding rule = Padding::none;
    bool refused = false;

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

/// Why every refused message gets one and the same answer.
std::string refusal_words();

/// The first character of more than one byte near the beginning, else the first: the one worth opening.
std::size_t character_to_open(ByteView text);

/// That nobody would notice a change on the way.
std::string no_authentication_words();

} // namespace keyhole::viz
