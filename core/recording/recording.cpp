#include "core/recording/recording.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cassert>

#include "core/base/error.hpp"
#include "core/dh/modexp.hpp"
#include "core/recording/frame.hpp"

namespace keyhole {
namespace {

// Names the padding that would fit.
Error wrong_padding(Padding padding, const Bytes& deciphered, const std::string& doubt) {
    const bool zeros = !deciphered.empty() && deciphered.back() == 0;
    const Padding other = unpad(Padding::iso7816, deciphered) ? Padding::iso7816
                          : unpad(Padding::pkcs7, deciphered) ? Padding::pkcs7
                          : zeros                             ? Padding::zero
                                                              : Padding::none;
    return bad_input(fmt::format(
        "the padding is wrong (what was deciphered does not end as {}{}; check key, IV and mode, or use "
        "--padding {})",
        padding == Padding::pkcs7 ? "PKCS#7 does" : "ISO 7816-4 does, in 80 and zeros", doubt, name(other)));
}

// ", and ..." where a variant does not decipher what it enciphers: tried with these very bytes. Empty for DES.
std::string lost_in_variant(const des::Variant& variant, Mode mode, des::Block key, des::Block iv,
                            const Bytes& deciphered, ByteView ciphertext) {
    if (variant.is_des()) return {};
    const Bytes again = apply_mode(mode, Direction::encrypt, key, iv, deciphered, variant);
    if (std::ranges::equal(again, ciphertext)) return {};
    return fmt::format(", and {} does not decipher what it enciphers: enciphered again it gives another ciphertext",
                       variant.short_list());
}

} // namespace

std::optional<des::Block> session_key(const Recording& recording, Role role) {
    if (recording.des) return recording.des->key;
    const PartyRecord& party = recording.party(role);
    if (!recording.parameters || !party.derived || !party.shared) return std::nullopt;
    return dh::derive(*party.shared, recording.parameters->p, recording.parameters->kdf).key;
}

bool is_overheard(const Recording& recording) {
    const auto knows = [](const PartyRecord& party) { return party.private_key || party.shared || party.derived; };
    const auto shown = [](const PartyRecord& party) { return party.public_key.has_value(); };
    const auto& [server, client] = recording.parties;
    return recording.parameters && (shown(server) || shown(client)) && !knows(server) && !knows(client);
}

bool is_refused(const Recording& recording, const MessageRecord& message) {
    if (!message.received || message.received->plaintext || is_overheard(recording)) return false;
    const ReceivedMessage& got = *message.received;
    const Mode mode = recording.mode();
    const bool whole = !got.ciphertext.empty() && (makes_key_stream(mode) || got.ciphertext.size() % 8 == 0);
    const bool can_be_deciphered = whole && got.iv.has_value() == (mode != Mode::ecb);
    return !got.padded.empty() || !can_be_deciphered;
}

std::string refusal(const Recording& recording, const MessageRecord& message) {
    if (!is_refused(recording, message)) return {};
    const ReceivedMessage& got = *message.received;
    const Mode mode = recording.mode();
    if (got.padded.empty()) {
        const std::string fault = payload_fault(got.frame, mode != Mode::ecb, !makes_key_stream(mode));
        return fault.empty() ? "it cannot be deciphered" : fault;
    }
    const auto text = unpad(usual_padding(mode), got.padded);
    if (!text) {
        const std::string doubt =
            lost_in_variant(recording.variant, mode, session_key(recording, other(message.sender)).value_or(0),
                            got.iv.value_or(0), got.padded, got.ciphertext);
        return fmt::format(
            "what was deciphered ends with the byte 0x{:02X}, and with no PKCS#7 padding of that value{}",
            got.padded.back(), doubt);
    }
    const auto at = static_cast<std::size_t>(utf8::find_invalid(text->begin(), text->end()) - text->begin());
    return fmt::format("byte {} of what was deciphered is 0x{:02X}, which is no UTF-8 there", at + 1, (*text)[at]);
}

void decipher(ReceivedMessage& received, Mode mode, des::Block key, const des::Variant& variant) {
    received.padded = apply_mode(mode, Direction::decrypt, key, received.iv.value_or(0), received.ciphertext, variant);
    received.plaintext = unpad(usual_padding(mode), received.padded);
    if (received.plaintext && !is_utf8(as_text(*received.plaintext))) received.plaintext.reset();
}

std::vector<Direction> known_directions(const Recording& recording, std::size_t number) {
    const MessageRecord& message = recording.messages.at(number - 1);
    std::vector<Direction> out;
    if (message.sent && session_key(recording, message.sender)) out.push_back(Direction::encrypt);
    if (message.received && session_key(recording, other(message.sender))) out.push_back(Direction::decrypt);
    return out;
}

Pass cipher_pass(const Recording& recording, std::size_t number, Direction direction, Bytes& padded) {
    const MessageRecord& message = recording.messages.at(number - 1);
    const Role actor = direction == Direction::encrypt ? message.sender : other(message.sender);
    const auto key = session_key(recording, actor);
    assert(key && (direction == Direction::encrypt ? message.sent.has_value() : message.received.has_value()));
    Pass pass{.mode = recording.mode(),
              .direction = direction,
              .schedule = des::key_schedule(*key, recording.variant),
              .iv = 0,
              .input = {},
              .output = {},
              .variant = recording.variant};
    if (direction == Direction::encrypt) {
        const SentMessage& sent = *message.sent;
        padded = pad(recording.padding(), sent.plaintext);
        pass.iv = sent.iv.value_or(0);
        pass.input = padded;
        pass.output = sent.ciphertext;
    } else {
        const ReceivedMessage& received = *message.received;
        pass.iv = received.iv.value_or(0);
        // A message that was refused before the cipher has no blocks.
        pass.input = received.padded.empty() ? ByteView{} : ByteView(received.ciphertext);
        pass.output = received.padded;
    }
    return pass;
}

Recording record_des(const DesSettings& settings, Direction direction, des::Block iv, ByteView data,
                     const des::Variant& variant) {
    const std::optional<des::Block> kept_iv = settings.mode == Mode::ecb ? std::nullopt : std::optional(iv);
    // The client is at work in both directions: it sends what it enciphers, and what it deciphers came from the server.
    MessageRecord message{
        .sender = direction == Direction::encrypt ? Role::client : Role::server, .seq = 1, .sent = {}, .received = {}};
    Bytes bytes(data.begin(), data.end());
    if (direction == Direction::encrypt) {
        const Bytes padded = pad(settings.padding, data);
        Bytes ciphertext = apply_mode(settings.mode, direction, settings.key, iv, padded, variant);
        message.sent =
            SentMessage{.plaintext = std::move(bytes), .iv = kept_iv, .ciphertext = std::move(ciphertext), .frame = {}};
    } else {
        Bytes padded = apply_mode(settings.mode, direction, settings.key, iv, data, variant);
        auto plaintext = unpad(settings.padding, padded);
        if (!plaintext)
            throw wrong_padding(settings.padding, padded,
                                lost_in_variant(variant, settings.mode, settings.key, iv, padded, data));
        message.received = ReceivedMessage{.frame = {},
                                           .iv = kept_iv,
                                           .ciphertext = std::move(bytes),
                                           .padded = std::move(padded),
                                           .plaintext = std::move(plaintext)};
    }
    Recording recording;
    recording.des = settings;
    recording.variant = variant;
    recording.messages.push_back(std::move(message));
    return recording;
}

Recording record_power(PowerSettings settings) {
    check_power_arguments(settings.base, settings.exponent, settings.modulus);
    Recording recording;
    recording.power = std::move(settings);
    return recording;
}

} // namespace keyhole
