#include "viz/pages/attack/attack_model.hpp"

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/modes/modes.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t line_of_text = 160; // bytes

// The first block of the first message that was sent and enciphered.
void add_pair(const Trace& trace, AttackTarget& target) {
    const Recording& recording = trace.recording();
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        const MessageRecord& m = recording.messages[i];
        const bool sent = m.sent && !m.sent->ciphertext.empty();
        const bool received = m.received && !m.received->padded.empty();
        if (!sent && !received) continue;
        const Role holder = sent ? m.sender : other(m.sender);
        const auto key = session_key(recording, holder);
        if (!key) continue;
        const Pass& pass = trace.pass(i + 1, sent ? Direction::encrypt : Direction::decrypt);
        if (pass.block_count() == 0) continue;
        const BlockRun run = pass.block(1);
        const bool forwards = pass.cipher_direction() == Direction::encrypt;
        target.pair =
            forwards ? KnownPair{run.trace.input, run.trace.output} : KnownPair{run.trace.output, run.trace.input};
        target.key = key;
        target.message = i + 1;
        return;
    }
}

struct WireMessage {
    ByteView ciphertext;
    des::Block iv = 0;
};

std::optional<WireMessage> on_the_wire(const MessageRecord& m) {
    if (m.sent && !m.sent->ciphertext.empty()) return WireMessage{m.sent->ciphertext, m.sent->iv.value_or(0)};
    if (m.received && !m.received->ciphertext.empty())
        return WireMessage{m.received->ciphertext, m.received->iv.value_or(0)};
    return std::nullopt;
}

// What a line shows of the message, its padding taken off where it ends within that: however long the message is, only
// its beginning and its last block are deciphered. Empty where it does not decrypt with the key.
std::optional<Bytes> beginning(const Recording& recording, const WireMessage& wire, des::Block key) {
    const Mode mode = recording.mode();
    const ByteView all = wire.ciphertext;
    if (!makes_key_stream(mode) && all.size() % 8 != 0) return std::nullopt;
    const auto deciphered = [&](des::Block iv, ByteView part) {
        return apply_mode(mode, Direction::decrypt, key, iv, part, recording.variant);
    };
    const Padding padding = recording.padding();
    if (all.size() <= line_of_text) {
        return unpad(padding, deciphered(wire.iv, all));
    }
    const std::size_t last = (all.size() - 1) / 8 * 8;
    const des::Block before = mode == Mode::ctr ? wire.iv + last / 8 : load_block(all.subspan(last - 8, 8));
    // The last block of ofb lies behind all of its key stream: what it ends with is not looked at.
    if (mode != Mode::ofb && !unpad(padding, deciphered(before, all.subspan(last)))) return std::nullopt;
    return deciphered(wire.iv, all.first(line_of_text));
}

} // namespace

AttackTarget attack_target(const Trace& trace) {
    const Recording& recording = trace.recording();
    AttackTarget target;
    target.parameters = recording.parameters;
    for (const Role role : {Role::server, Role::client})
        target.public_keys[static_cast<std::size_t>(role)] = recording.party(role).public_key;
    if (recording.variant.is_des()) {
        add_pair(trace, target);
        if (!target.pair) target.why_no_search = "no message with a known text is in this trace yet";
    } else {
        target.why_no_search = "the messages of this trace went through no DES, and DES keys are what is searched";
    }
    if (!target.parameters) {
        target.why_no_log = "there is no Diffie-Hellman exchange in this trace";
    } else if (!target.public_keys[0] || !target.public_keys[1]) {
        target.why_no_log = "the public keys have not crossed the wire yet";
    }
    return target;
}

std::vector<OpenedMessage> open_messages(const Recording& recording, des::Block key, std::size_t most) {
    std::vector<OpenedMessage> out;
    for (std::size_t i = 0; i < recording.messages.size() && out.size() < most; ++i) {
        const MessageRecord& m = recording.messages[i];
        const auto wire = on_the_wire(m);
        if (!wire) continue;
        OpenedMessage opened{.sender = {}, .number = i + 1, .text = {}, .reads = false};
        if (recording.parameters) opened.sender = m.sender;
        if (const auto plain = beginning(recording, *wire, key)) {
            const std::string_view text = as_text(*plain);
            const std::string_view whole =
                plain->size() < line_of_text ? text : whole_characters(text, line_of_text - 1);
            opened.reads = is_utf8(whole);
            opened.text = opened.reads
                              ? escape_controls(whole) + (wire->ciphertext.size() > line_of_text ? "\u2026" : "")
                              : "0x" + to_hex(ByteView(*plain).first(std::min<std::size_t>(plain->size(), 32)));
        }
        out.push_back(std::move(opened));
    }
    return out;
}

} // namespace keyhole::viz
