// Words and values for a message on its way: encode, encrypt, frame, decode, decrypt. (FIPS 81; docs/protocol.md.)
#include "core/steps/explain.hpp"

#include "core/base/words.hpp"
#include "core/modes/mode_words.hpp"

namespace keyhole {
namespace {

std::string bytes_count(std::size_t count) { return counted(count, "byte"); }
std::string blocks_count(const Pass& pass) { return counted_blocks(pass.mode, pass.block_count()); }

void add_iv(Step& step, const std::optional<des::Block>& iv, Mode mode) {
    if (!iv || mode == Mode::ecb) return;
    step.add(mode == Mode::ctr ? "counter" : "iv", Bits{*iv, 64});
}

void message_step(const TraceValues& trace, const MessageRecord& m, Step& step) {
    const Recording& r = trace.recording();
    const Bytes* plaintext = m.sent                                ? &m.sent->plaintext
                             : m.received && m.received->plaintext ? &*m.received->plaintext
                                                                   : nullptr;
    const ByteView ciphertext = m.sent ? m.sent->ciphertext : m.received->ciphertext;
    step.values = {{"ciphertext", octets(ciphertext)}, {"bytes", Count{ciphertext.size()}}};
    if (plaintext) step.values.insert(step.values.begin(), {"text", text_or_bytes(trace, *plaintext)});
    const std::string text = plaintext          ? short_text(text_or_bytes(trace, *plaintext))
                             : is_overheard(r)  ? "what it says only the two of them know"
                             : is_refused(r, m) ? "what it says was refused"
                                                : "what it says is not deciphered yet";
    if (r.des) {
        step.summary = m.sent ? fmt::format("encipher {}", text) : fmt::format("decipher to {}", text);
        step.explanation = fmt::format("One message through {} in {} mode: {} of ciphertext.", cipher_name(r.variant),
                                       name(r.des->mode), bytes_count(ciphertext.size()));
        return;
    }
    const std::string_view line = m.sent ? m.sent->frame : m.received->frame;
    step.add("sender", Word{std::string(name(m.sender))});
    step.add("seq", Count{m.seq});
    if (!line.empty()) step.add("line_length", Count{line.size() + 1});
    step.summary = fmt::format("{} to {}: {}", name(m.sender), name(other(m.sender)), text);
    step.explanation = fmt::format(
        "Message {} of the conversation goes from the {} to the {}: {}. On the wire it has the sequence number {}, for "
        "each side counts only what it sends itself, and is {} of ciphertext{}. Nothing in it tells the receiver "
        "of a change made on the way, unless what comes out can no longer be read: DES hides, it does not "
        "authenticate.",
        step.node.number(Kind::message), name(m.sender), name(other(m.sender)), text, m.seq,
        bytes_count(ciphertext.size()),
        line.empty() ? "" : fmt::format(" in a line of {}", bytes_count(line.size() + 1)));
}

void encode_step(const TraceValues& trace, const SentMessage& m, Step& step) {
    const Octets text = text_or_bytes(trace, m.plaintext);
    step.values = {{"text", text}, {"plaintext", octets(ByteView(m.plaintext))}, {"length", Count{m.plaintext.size()}}};
    step.summary = fmt::format("{} is {}", text, bytes_count(m.plaintext.size()));
    if (!text.text) {
        step.explanation =
            m.plaintext.empty()
                ? "A cipher knows only bits. The message is empty: there is nothing to write as bits."
                : fmt::format("A cipher knows only bits. The message is no text but bytes already, {}: {}.",
                              bytes_count(m.plaintext.size()), text);
        return;
    }
    step.explanation = fmt::format(
        "A cipher knows only bits, so the message {} is written as {}{}. The encoding is UTF-8: one byte for each "
        "ASCII character, two to four for all others.",
        text, bytes_count(m.plaintext.size()),
        m.plaintext.empty() ? "" : ": " + short_text(octets(ByteView(m.plaintext))));
}

std::string times(const Pass& pass) {
    return pass.block_count() == 1 ? "once" : fmt::format("{} times", grouped_decimal(pass.block_count()));
}

void cipher_step(const Pass& pass, std::optional<des::Block> iv, Step& step) {
    const bool forwards = pass.direction == Direction::encrypt;
    const Bits key{pass.schedule.key, 64};
    step.values = {{"mode", Word{std::string(name(pass.mode))}}, {"key", key}};
    add_iv(step, iv, pass.mode);
    step.add({{forwards ? "plaintext" : "ciphertext", octets(pass.input)},
              {forwards ? "ciphertext" : "padded", octets(pass.output)},
              {"length", Count{pass.input.size()}},
              {"blocks", Count{pass.block_count()}}});
    step.summary = fmt::format("{} in {} mode under the key {}", blocks_count(pass), name(pass.mode), key);
    const std::string_view cipher = cipher_name(pass.variant);
    const std::string_view what = forwards ? "plaintext" : "ciphertext";
    if (pass.input.empty()) {
        step.explanation =
            fmt::format("The message is empty and there is no padding: no block goes through {}.", cipher);
        return;
    }
    if (pass.mode == Mode::ctr) {
        step.explanation = fmt::format(
            "In ctr mode {} never takes the {}: under the key {} it enciphers a counter, {}, which starts at the IV "
            "{} and grows by one a block. What comes out is added to the {}, {}. The result is {}.",
            cipher, what, key, times(pass), Bits{iv.value_or(0), 64}, what, bytes_count(pass.input.size()),
            octets(pass.output));
        return;
    }
    if (makes_key_stream(pass.mode)) {
        step.explanation = fmt::format(
            "In {} mode {} never takes the {}: under the key {} it enciphers a shift register of 64 bits, {}, which "
            "starts as the IV {} and then takes in {}. {} added to the {}, {}. The result is {}. {}",
            name(pass.mode), cipher, what, key, times(pass), Bits{iv.value_or(0), 64},
            pass.mode == Mode::ofb ? fmt::format("what {} gave before", cipher) : "the ciphertext as it comes",
            first_bits_are(pass.mode), what, bytes_count(pass.input.size()), octets(pass.output),
            feedback_weakness(pass.mode));
        return;
    }
    std::string chaining = "each block alone";
    if (pass.mode == Mode::cbc && iv)
        chaining =
            fmt::format("each block chained with the ciphertext before it, the first with the IV {}", Bits{*iv, 64});
    step.explanation = fmt::format("The {} of {} {} through {} under the key {} in {} mode, {}. The result is {}.",
                                   blocks_count(pass), what, singular_or(pass.block_count(), "goes", "go"), cipher, key,
                                   name(pass.mode), chaining, octets(pass.output));
}

void frame_step(const MessageRecord& m, Mode mode, Step& step) {
    const std::string_view line = m.sent ? m.sent->frame : m.received->frame;
    const ByteView ciphertext = m.sent ? m.sent->ciphertext : m.received->ciphertext;
    add_iv(step, m.sent ? m.sent->iv : m.received->iv, mode);
    step.add({{"ciphertext", octets(ciphertext)},
              {"bytes", Count{ciphertext.size()}},
              {"base64_length", Count{(ciphertext.size() + 2) / 3 * 4}},
              {"seq", Count{m.seq}},
              {"line", text_octets(line)},
              {"line_length", Count{line.size() + 1}}});
    const bool lost = m.sent && m.sent->unconfirmed;
    if (lost) step.add("confirmed", Word{"no"});
    step.summary = fmt::format("one JSON line of {}{}", bytes_count(line.size() + 1), lost ? ", never confirmed" : "");
    step.explanation = fmt::format(
        "JSON is text, so the {} of ciphertext {} written in base64, {} characters: every 3 bytes become 4 characters. "
        "With the type and the sequence number {} that makes one line of {}, the line end included. This is all that "
        "an eavesdropper sees.{}",
        bytes_count(ciphertext.size()), singular_or(ciphertext.size(), "is", "are"),
        grouped_decimal((ciphertext.size() + 2) / 3 * 4), m.seq, bytes_count(line.size() + 1),
        !lost ? ""
              : " The connection was lost before the receiver's machine had confirmed the line: it may not have "
                "arrived.");
}

void decode_step(const Recording& r, const MessageRecord& message, Step& step) {
    const ReceivedMessage& m = *message.received;
    const Mode mode = r.mode();
    if (!m.frame.empty()) step.add("line", text_octets(m.frame));
    add_iv(step, m.iv, mode);
    step.add("ciphertext", octets(ByteView(m.ciphertext)));
    step.add("length", Count{m.ciphertext.size()});
    if (const std::string why = m.padded.empty() ? refusal(r, message) : ""; !why.empty()) {
        step.add("fault", Word{why});
        step.summary = "refused: " + why;
        step.explanation = fmt::format(
            "The receiver reads the JSON line, checks the sequence number and turns base64 back into bytes. Here it "
            "cannot go on: {}. It tells its own user; the sender hears only that the message cannot be deciphered.",
            why);
        return;
    }
    step.summary = fmt::format("{} of ciphertext", bytes_count(m.ciphertext.size()));
    step.explanation = fmt::format(
        "{} That makes {}: {}.",
        m.frame.empty()
            ? "The ciphertext is given in hex, two digits a byte."
            : "The receiver reads the JSON line, checks the sequence number and turns base64 back into bytes.",
        bytes_count(m.ciphertext.size()), octets(ByteView(m.ciphertext)));
}

} // namespace

Octets text_or_bytes(const TraceValues& trace, ByteView bytes) {
    const std::string_view text = as_text(bytes);
    // Where there are no bytes, the workbench cannot tell whether they were meant as text.
    if (bytes.empty() && trace.recording().des) return octets(bytes);
    return trace.is_text(bytes) ? text_octets(text) : octets(bytes);
}

void explain_message_step(const TraceValues& trace, Step& step) {
    using enum Kind;
    const Recording& r = trace.recording();
    const std::uint64_t number = step.node.number(message);
    const MessageRecord& m = r.messages[number - 1];
    switch (step.node.kind()) {
        case message: return message_step(trace, m, step);
        case encode: return encode_step(trace, *m.sent, step);
        case pad: return explain_pad_step(trace.pass(number, Direction::encrypt), *m.sent, r.padding(), step);
        case encrypt: return cipher_step(trace.pass(number, Direction::encrypt), m.sent->iv, step);
        case frame: return frame_step(m, r.mode(), step);
        case decode: return decode_step(r, m, step);
        case decrypt: return cipher_step(trace.pass(number, Direction::decrypt), m.received->iv, step);
        case unpad: return explain_unpad_step(trace, m, step);
        default: assert(false);
    }
}

} // namespace keyhole
