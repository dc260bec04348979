// What was recorded of an exchange, or of a single trace without one: the inputs and results from which every step can
// be computed again, because a megabyte of text has a million rounds that nobody wants to store. Plain data that only
// ever grows. What a side cannot know (the peer's private key) is absent.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/dh/dh.hpp"
#include "core/dh/role.hpp"
#include "core/modes/modes.hpp"

namespace keyhole {

/// What the server announces.
struct Parameters {
    std::string group; // a name or "custom"; p and g are what counts
    Number p, g;
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;

    bool operator==(const Parameters&) const = default;
};

/// One side of the handshake, as far as it got and as far as it is known here.
struct PartyRecord {
    bool agreed = false; // chose (server) or checked and took (client) the parameters
    std::optional<Number> private_key;
    std::optional<Number> public_key; // computed, or received where private_key is unknown
    std::optional<Number> shared;
    bool derived = false; // went on from the shared secret to the DES key

    bool operator==(const PartyRecord&) const = default;
};

/// A message on its sender's side.
struct SentMessage {
    Bytes plaintext; // text in UTF-8, not padded
    std::optional<des::Block> iv;
    Bytes ciphertext;
    std::string frame;        // the JSON line without its line end; empty in a trace without an exchange
    bool unconfirmed = false; // the connection was lost before the peer's machine had confirmed the line

    bool operator==(const SentMessage&) const = default;
};

/// A message on its receiver's side: `frame` as it arrived.
struct ReceivedMessage {
    std::string frame;
    std::optional<des::Block> iv;
    Bytes ciphertext;
    Bytes padded;                   // what the cipher gave
    std::optional<Bytes> plaintext; // empty when it was refused

    bool operator==(const ReceivedMessage&) const = default;
};

struct MessageRecord {
    Role sender = Role::server;
    std::uint64_t seq = 0; // counts from 1 in each direction
    std::optional<SentMessage> sent;
    std::optional<ReceivedMessage> received;

    bool operator==(const MessageRecord&) const = default;
};

/// The workbench's settings: one message without an exchange.
struct DesSettings {
    des::Block key = 0;
    Mode mode = Mode::ecb;
    Padding padding = Padding::pkcs7;

    bool operator==(const DesSettings&) const = default;
};

struct PowerSettings {
    Number base, exponent, modulus;

    bool operator==(const PowerSettings&) const = default;
};

struct Recording {
    // An exchange has `parameters` once they are chosen or arrived; the two others are traces of their own.
    bool connected = false;
    std::optional<Parameters> parameters;
    std::array<PartyRecord, 2> parties{}; // indexed by Role
    std::vector<MessageRecord> messages;
    std::optional<DesSettings> des;
    std::optional<PowerSettings> power;
    des::Variant variant = {}; // what all its blocks went through

    PartyRecord& party(Role role) { return parties[static_cast<std::size_t>(role)]; }
    const PartyRecord& party(Role role) const { return parties[static_cast<std::size_t>(role)]; }

    Mode mode() const { return des ? des->mode : parameters ? parameters->mode : Mode::ecb; }
    Padding padding() const { return des ? des->padding : usual_padding(mode()); }

    bool operator==(const Recording&) const = default;
};

/// The DES key of that party, once derived (or of the workbench).
std::optional<des::Block> session_key(const Recording& recording, Role role);

/// Whether this is what an eavesdropper has: p, g, public keys (one at least, because before it no side knows more) and
/// frames (as `received`, without what was deciphered), but no private key and no secret.
bool is_overheard(const Recording& recording);

/// Whether the receiver refused the message: false while it is not deciphered yet, or where nobody here could.
bool is_refused(const Recording& recording, const MessageRecord& message);

/// Why the receiver refused the message, for its own user (the wire has one answer for all of these): which field,
/// which byte, what stands there. Empty where is_refused says no.
std::string refusal(const Recording& recording, const MessageRecord& message);

/// What its receiver makes of a message of an exchange: `padded`, and `plaintext` where the padding is right and the
/// text is UTF-8. The mode takes the IV and the length.
void decipher(ReceivedMessage& received, Mode mode, des::Block key, const des::Variant& variant = {});

/// The directions of message `number` (1 ..) that can be computed again here; an eavesdropper knows none.
std::vector<Direction> known_directions(const Recording& recording, std::size_t number);

/// Message `number` (1 ..) in one of its known_directions. For encryption `padded` is filled; it and the recording must
/// outlive the pass.
Pass cipher_pass(const Recording& recording, std::size_t number, Direction direction, Bytes& padded);

/// A recording of one message without an exchange, enciphered or deciphered. Throws Error when the length does not fit
/// the mode or the padding is wrong.
Recording record_des(const DesSettings& settings, Direction direction, des::Block iv, ByteView data,
                     const des::Variant& variant = {});

/// A recording of one modular exponentiation. Throws Error as check_power_arguments does.
Recording record_power(PowerSettings settings);

} // namespace keyhole
