// A message's JSON line and what hangs together in it: fields, base64 characters, bytes of the line and the bytes that
// they stand for. Every answer is arithmetic on positions; the line may be a megabyte long.
// (RFC 8259; RFC 4648, section 4; docs/protocol.md.)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// Positions [begin, end).
struct Span {
    std::size_t begin = 0, end = 0;

    std::size_t size() const { return end - begin; }
    bool contains(std::size_t position) const { return position >= begin && position < end; }
    bool operator==(const Span&) const = default;
};

/// Which bytes a field's base64 stands for.
enum class Holds { nothing, iv, ciphertext };

struct Field {
    std::string name;
    Span key, value; // in the line; the value of a text without its quotes, the key with them
    Holds holds = Holds::nothing;
    bool quoted = false;

    /// From the key's first quote to the value's last character.
    Span whole() const { return {key.begin, value.end + (quoted ? 1 : 0)}; }
};

struct FrameModel {
    std::string_view line; // without its line end
    std::vector<Field> fields;
    Bytes iv; // empty where there is none
    ByteView ciphertext;
    bool arriving = false; // decode: from the line to the bytes
    std::string refusal;   // why the receiver refused it; empty where it did not, or has not read it yet
    Node cipher; // encrypt or decrypt of the message, whose blocks the ciphertext's rows are; may be absent in the tree

    std::size_t wire_size() const { return line.size() + 1; }
    ByteView bytes(Holds holds) const {
        return holds == Holds::iv ? ByteView(iv) : holds == Holds::ciphertext ? ciphertext : ByteView{};
    }
    const Field* field_of(Holds holds) const;
    /// The byte on the wire at a position: of the line, or its line end.
    std::uint8_t wire_byte(std::size_t position) const {
        return position < line.size() ? static_cast<std::uint8_t>(line[position]) : std::uint8_t{'\n'};
    }
};

/// The node is frame or decode of a message that has a line.
FrameModel make_frame_model(const Trace& trace, const Node& node);

/// The fields of a JSON object's text, for a line that is known to be one.
std::vector<Field> json_fields(std::string_view line);

/// What belongs to one place: the thing itself, and the group of 4 characters and 3 bytes that it is part of.
struct Link {
    const Field* field = nullptr; // none between the fields
    Holds holds = Holds::nothing;
    Span line, line_group;   // positions in the line
    Span bytes, bytes_group; // of frame.bytes(holds)
};

/// From a position in the line, its line end included.
Link link_at(const FrameModel& frame, std::size_t position);
/// From a byte of the IV or the ciphertext. The field is linked.
Link link_of_byte(const FrameModel& frame, Holds holds, std::size_t byte);

/// Four characters of base64 and the bits in them.
struct Base64Group {
    std::uint32_t bits = 0; // 24
    unsigned bytes = 3;     // 1 to 3; the bits after them are 0
    std::array<char, 4> characters{};
    std::array<int, 4> values{}; // 0 to 63; -1 for `=`
};

/// The group that a link lies in; empty where it lies in none.
std::optional<Base64Group> base64_group(const FrameModel& frame, const Link& link);

/// How the sizes come about, e.g. "24 bytes → 32 characters of base64; 92 bytes on the wire".
std::string frame_words(const FrameModel& frame);

} // namespace keyhole::viz
