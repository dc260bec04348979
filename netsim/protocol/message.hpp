// The frames of keyhole/1 and their JSON lines (docs/protocol.md). A frame keeps its fields as the text that the line
// carries: whether a number or a ciphertext is any good is for the party to find out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace keyhole {

inline constexpr std::string_view protocol_name = "keyhole/1";

/// Bytes of a line before its `\n`.
inline constexpr std::size_t max_line_bytes = std::size_t{1} << 20;

/// The most bytes of a message's text.
inline constexpr std::size_t max_text_bytes = std::size_t{512} << 10;

/// Deeper nesting than this is refused (a frame is flat; unknown fields may hold a little).
inline constexpr std::size_t max_nesting = 32;

/// Why a peer's bytes are refused; the names are those on the wire.
enum class WireCode {
    bad_frame,
    unexpected_message,
    bad_params,
    bad_public_key,
    bad_sequence,
    bad_ciphertext,
    timeout,
    busy,
};
std::string_view name(WireCode code);
std::optional<WireCode> find_wire_code(std::string_view name);

/// The peer's fault, with a short line for a person. (Our own mistakes are keyhole::Error.)
struct Fault {
    WireCode code = WireCode::bad_frame;
    std::string detail;      // for the wire
    std::string reason = {}; // for our own user: which field, which byte, what stands there; empty: detail says it all

    bool operator==(const Fault&) const = default;
};

struct ParamsFrame {
    std::string protocol, group, p, g, kdf, mode; // p, g: hex

    bool operator==(const ParamsFrame&) const = default;
};

struct PublicKeyFrame {
    std::string y;                                  // hex
    std::optional<std::string> name = std::nullopt; // how a client calls itself; peers that do not know it ignore it

    bool operator==(const PublicKeyFrame&) const = default;
};

struct MessageFrame {
    std::uint64_t seq = 0;
    std::optional<std::string> iv; // base64
    std::string ciphertext;        // base64

    bool operator==(const MessageFrame&) const = default;
};

struct ByeFrame {
    bool operator==(const ByeFrame&) const = default;
};

struct ErrorFrame {
    std::string code, detail; // a code that this program does not know is passed on as it is

    bool operator==(const ErrorFrame&) const = default;
};

using Frame = std::variant<ParamsFrame, PublicKeyFrame, MessageFrame, ByeFrame, ErrorFrame>;

/// The JSON line without its `\n`, fields in the order of docs/protocol.md. All texts must be UTF-8.
std::string encode_frame(const Frame& frame);

/// One line without its `\n` (a `\r` before it is white space to JSON). Time and stack are bounded whatever the line
/// holds.
std::variant<Frame, Fault> decode_frame(std::string_view line);

} // namespace keyhole
