// From the private keys to the last unpadded byte, in the order in which it happened, so that the first address named
// is where it went wrong.
#include "core/recording/recording_check.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/dh/modexp.hpp"
#include "core/recording/frame.hpp"

namespace keyhole {
namespace {

void require(bool holds, const std::string& address, std::string_view why) {
    if (holds) return;
    throw bad_input(
        fmt::format("the recording disagrees with itself at {} ({}; record the exchange anew)", address, why));
}

void check_before_parameters(const Recording& recording) {
    for (const Role role : every_role) {
        require(recording.party(role) == PartyRecord{}, fmt::format("parameters/{}", name(role)),
                "a party cannot go on without parameters");
    }
    require(recording.messages.empty(), "message.1", "there is no message without a handshake");
}

void check_keys(const Recording& recording, Role role) {
    const PartyRecord& party = recording.party(role);
    const Number& p = recording.parameters->p;
    if (party.private_key) {
        const std::string at = fmt::format("keys/{}.private", name(role));
        require(party.agreed, at, "the parameters were not agreed to");
        require(*party.private_key >= 1 && *party.private_key < p, at, "it is outside 1..p-1");
    }
    if (party.public_key && party.private_key) {
        require(*party.public_key == power(recording.parameters->g, *party.private_key, p),
                fmt::format("keys/{}.public", name(role)), "it is not g to the private key, modulo p");
    }
}

void check_secret(const Recording& recording, const dh::ParameterReport& report, Role role) {
    const PartyRecord& party = recording.party(role);
    const PartyRecord& peer = recording.party(other(role));
    const Number& p = recording.parameters->p;
    if (party.shared) {
        const std::string at = fmt::format("secret/{}.shared", name(role));
        require(peer.public_key.has_value(), at, "the peer's public key is missing");
        require(dh::public_value_fault(*peer.public_key, p, report).empty(),
                fmt::format("keys/{}.public", name(other(role))), "no party accepts this public key");
        require(party.private_key.has_value(), at, "no private key leads to it");
        const Number expected = power(*peer.public_key, *party.private_key, p);
        require(*party.shared == expected, at, "it is not the peer's public key to its own private key, modulo p");
    }
    require(!party.derived || party.shared, fmt::format("secret/{}.derive", name(role)),
            "there is no shared secret to derive from");
}

// An eavesdropper computes nothing from these numbers; here they are checked as both parties checked them.
void check_overheard(const Recording& recording, const dh::ParameterReport& report) {
    for (const Role role : every_role) {
        const auto& y = recording.party(role).public_key;
        const std::string at = fmt::format("keys/{}.public", name(role));
        require(y || recording.messages.empty(), at, "there is no message without it");
        require(!y || dh::public_value_fault(*y, recording.parameters->p, report).empty(), at,
                "no party accepts this public key");
    }
}

void check_frame(const Recording& recording, const std::string& line, std::uint64_t seq,
                 const std::optional<des::Block>& iv, const Bytes& ciphertext, const std::string& at) {
    if (recording.des) return require(line.empty(), at, "a trace without an exchange has no frames");
    const auto frame = read_frame(line);
    require(frame.has_value(), at, "the frame is no message");
    require(frame->seq == seq, at, "the frame has another seq");
    // What a refused frame had in place of an IV or a ciphertext was not recorded.
    const auto frame_iv = frame->iv && frame->iv->size() == 8 ? std::optional(load_block(*frame->iv)) : std::nullopt;
    require(recording.mode() == Mode::ecb ? !iv : frame_iv == iv, at, "the frame has another iv");
    require(frame->ciphertext.value_or(Bytes{}) == ciphertext, at, "the frame has another ciphertext");
}

void check_sent(const Recording& recording, const MessageRecord& message, const std::string& at) {
    const SentMessage& sent = *message.sent;
    // A side that is stepped may have stopped here, between the cipher and the frame.
    const bool unframed = sent.frame.empty() && !message.received && &message == &recording.messages.back();
    const auto key = session_key(recording, message.sender);
    require(key.has_value(), at + "/encrypt", "the sender has no session key");
    require(recording.des || is_utf8(to_string(sent.plaintext)), at + "/encode", "the text is not UTF-8");
    require(sent.iv.has_value() == (recording.mode() != Mode::ecb), at + "/encrypt",
            "the mode and the IV do not match");
    const Bytes padded = pad(recording.padding(), sent.plaintext);
    require(makes_key_stream(recording.mode()) || padded.size() % 8 == 0, at + "/pad", "these are no whole blocks");
    require(sent.ciphertext ==
                apply_mode(recording.mode(), Direction::encrypt, *key, sent.iv.value_or(0), padded, recording.variant),
            at + "/encrypt", "the ciphertext is not that of the plaintext");
    if (!unframed) check_frame(recording, sent.frame, message.seq, sent.iv, sent.ciphertext, at + "/frame");
}

void check_received(const Recording& recording, const MessageRecord& message, const std::string& at) {
    const ReceivedMessage& received = *message.received;
    const Mode mode = recording.mode();
    const auto key = session_key(recording, other(message.sender));
    check_frame(recording, received.frame, message.seq, received.iv, received.ciphertext, at + "/decode");
    if (is_overheard(recording)) {
        return require(received.padded.empty() && !received.plaintext, at + "/decrypt", "an eavesdropper has no key");
    }
    require(key.has_value(), at + "/decrypt", "the receiver has no session key");
    const bool has_iv = received.iv.has_value() == (mode != Mode::ecb);
    const bool whole = makes_key_stream(mode) || received.ciphertext.size() % 8 == 0;
    if (!received.plaintext && received.padded.empty()) return; // refused before the cipher
    require(has_iv && whole, at + "/decrypt", "the mode does not take this IV or this length");
    require(received.padded == apply_mode(mode, Direction::decrypt, *key, received.iv.value_or(0), received.ciphertext,
                                          recording.variant),
            at + "/decrypt", "what was deciphered is not that of the ciphertext");
    std::optional<Bytes> plaintext = unpad(recording.padding(), received.padded);
    if (plaintext && !recording.des && !is_utf8(to_string(*plaintext))) plaintext.reset();
    require(received.plaintext == plaintext, at + "/unpad", "the plaintext is not what was deciphered");
}

void check_messages(const Recording& recording, const std::function<void(std::size_t)>& before_message) {
    std::array<std::uint64_t, 2> seq{};
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        if (before_message) before_message(i);
        const MessageRecord& message = recording.messages[i];
        const std::string at = fmt::format("message.{}", i + 1);
        require(message.sent || message.received, at, "it was neither sent nor received");
        // Of a message that an eavesdropper missed there is nothing.
        std::uint64_t& last = seq[static_cast<std::size_t>(message.sender)];
        const bool next = message.seq == last + 1 || (is_overheard(recording) && message.seq > last);
        require(next, at, "its seq is not the next");
        last = message.seq;
        if (message.sent) check_sent(recording, message, at);
        if (message.received) check_received(recording, message, at);
    }
}

} // namespace

void check_recording(const Recording& recording, const std::function<void(std::size_t)>& before_message) {
    const bool exchange =
        recording.connected || recording.parameters || recording.parties != std::array<PartyRecord, 2>{};
    if (static_cast<int>(exchange) + recording.des.has_value() + recording.power.has_value() > 1) {
        throw bad_input(
            "the recording mixes an exchange with a trace of its own (a recording is one of them; keep that)");
    }
    if (recording.power) {
        require(recording.messages.empty(), "message.1", "a modular exponentiation sends no message");
        require(recording.variant.is_des(), "modexp", "a modular exponentiation has no variant of DES");
        return check_power_arguments(recording.power->base, recording.power->exponent, recording.power->modulus);
    }
    if (recording.des) {
        require(recording.messages.size() == 1, "message.1", "this trace has exactly one message");
        const MessageRecord& message = recording.messages[0];
        require(message.sent.has_value() != message.received.has_value(), "message.1",
                "this trace either enciphers or deciphers");
        require(message.sender == (message.sent ? Role::client : Role::server), "message.1",
                "the wrong side is the sender");
        require(message.sent || message.received->plaintext, "message.1/unpad", "the padding is wrong");
        return check_messages(recording, before_message);
    }
    if (!recording.parameters) return check_before_parameters(recording);
    require(recording.connected, "connect", "there are no parameters without a connection");
    const dh::ParameterReport report = dh::check_parameters(recording.parameters->p, recording.parameters->g);
    require(report.ok(), "parameters/server.choose", report.fault);
    for (const Role role : every_role) check_keys(recording, role);
    for (const Role role : every_role) check_secret(recording, report, role);
    if (is_overheard(recording)) check_overheard(recording, report);
    check_messages(recording, before_message);
}

} // namespace keyhole
