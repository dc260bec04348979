// Words and values for what padding adds to a message and what is taken off again. (RFC 5652, section 6.3; ISO 7816-4.)
#include "core/base/words.hpp"
#include "core/modes/mode_words.hpp"
#include "core/steps/explain.hpp"

namespace keyhole {
namespace {

std::string bytes_count(std::size_t count) { return counted(count, "byte"); }
std::string blocks_count(const Pass& pass) { return counted_blocks(pass.mode, pass.block_count()); }

// "7 bytes of 0x07", "0x80 and zeros (7 bytes in all)", "no padding".
std::string padding_words(Padding padding, std::size_t count) {
    if (count == 0) return "no padding";
    const Bits byte{padding_byte(padding, count), 8};
    return padding == Padding::iso7816 && count > 1 ? fmt::format("{} and zeros ({} in all)", byte, bytes_count(count))
                                                    : fmt::format("{} of {}", bytes_count(count), byte);
}

std::string padding_rule(Padding padding, std::size_t added, ByteView message) {
    const std::string_view are = singular_or(added, "is", "are");
    if (padding == Padding::pkcs7)
        return fmt::format(
            "{} with the value {} {} appended (PKCS#7: the byte says how many there are, and never "
            "none, so that the receiver can always take them off again).",
            bytes_count(added), Bits{added, 8}, are);
    const std::string appended =
        added == 0 ? "nothing is appended" : fmt::format("{} {} appended", padding_words(padding, added), are);
    if (padding == Padding::iso7816)
        return appended +
               " (ISO 7816-4: the first byte is always there and marks where the padding begins, so that "
               "the receiver can always take it off again).";
    const std::string lost = lost_to_zeros(message);
    return fmt::format(
        "{} (zeros: the receiver takes all zeros at the end away, which is right only as long as no "
        "message ends in one).{}",
        appended, lost.empty() ? "" : " Here " + lost + ".");
}

} // namespace

void explain_pad_step(const Pass& pass, const SentMessage& m, Padding padding, Step& step) {
    const std::size_t added = pass.input.size() - m.plaintext.size();
    step.values = {{"length", Count{m.plaintext.size()}},
                   {"padding_bytes", Count{added}},
                   {"padded", octets(pass.input)},
                   {"padded_length", Count{pass.input.size()}},
                   {"blocks", Count{pass.block_count()}}};
    if (padding == Padding::none) {
        step.summary = fmt::format("no padding: {}", blocks_count(pass));
        step.explanation =
            makes_key_stream(pass.mode)
                ? fmt::format("{} mode needs no padding: {}. {} {} {}.",
                              pass.mode == Mode::ctr ? "Counter" : name(pass.mode), no_padding_reason(pass.mode),
                              bytes_count(pass.input.size()), singular_or(pass.input.size(), "makes", "make"),
                              blocks_count(pass))
                : fmt::format("No padding was asked for: {} must be whole blocks without it, and they are {}.",
                              bytes_count(pass.input.size()), blocks_count(pass));
        return;
    }
    if (added > 0) step.add("padding_byte", Bits{padding_byte(padding, added), 8});
    const std::size_t length = m.plaintext.size();
    const bool whole = length % 8 == 0;
    const std::string lead =
        whole && padding == Padding::zero
            ? fmt::format("{} {} whole blocks already", bytes_count(length), singular_or(length, "is", "are"))
        : length == 0 ? "The message is empty, and yet one block is made"
        : whole       ? fmt::format("{} are whole blocks, and yet one more is added", bytes_count(length))
                : fmt::format("{} {} {} to fill", bytes_count(length), singular_or(length, "leaves", "leave"), added);
    step.summary = fmt::format("{}: {}", padding_words(padding, added), blocks_count(pass));
    step.explanation = fmt::format(
        "{}. {}: {} That makes {} in {}.",
        makes_key_stream(pass.mode)
            ? fmt::format("{} mode needs no padding, and {} was chosen all the same", name(pass.mode), name(padding))
            : fmt::format("{} takes 8 bytes at a time", capitalised(std::string(cipher_name(pass.variant)))),
        lead, padding_rule(padding, added, m.plaintext), bytes_count(pass.input.size()), blocks_count(pass));
}

void explain_unpad_step(const TraceValues& trace, const MessageRecord& message, Step& step) {
    const ReceivedMessage& m = *message.received;
    step.values = {{"padded", octets(ByteView(m.padded))}, {"padded_length", Count{m.padded.size()}}};
    if (!m.plaintext) {
        step.summary = "refused: the padding or the text is wrong";
        step.explanation = fmt::format(
            "What came out of the cipher is no text: {}. The receiver tells its own user; the sender gets "
            "one and the same answer for every such fault, so that nobody learns from it which one it was.",
            refusal(trace.recording(), message));
        return;
    }
    const std::size_t taken = m.padded.size() - m.plaintext->size();
    const Octets text = text_or_bytes(trace, *m.plaintext);
    step.add({{"padding_bytes", Count{taken}},
              {"plaintext", octets(ByteView(*m.plaintext))},
              {"text", text},
              {"length", Count{m.plaintext->size()}}});
    const Padding padding = trace.recording().padding();
    if (taken > 0) step.add("padding_byte", Bits{padding_byte(padding, taken), 8});
    step.summary = short_text(text);
    if (taken == 0) {
        step.explanation =
            fmt::format("There is no padding to take off{}. The message has {}: {}.",
                        padding == Padding::zero && !m.padded.empty() ? ": the last byte is not zero" : "",
                        bytes_count(m.plaintext->size()), text);
        return;
    }
    const std::string how =
        padding == Padding::pkcs7
            ? fmt::format("The last byte, {}, says how long the padding is: {}, each with that value", Bits{taken, 8},
                          bytes_count(taken))
        : padding == Padding::iso7816
            ? fmt::format("{} {}, which marks where the message ends: {} of padding",
                          taken == 1 ? "The last byte is" : "Before the zeros at the end stands",
                          Bits{padding_byte(padding, taken), 8}, bytes_count(taken))
            : "All zeros at the end are taken for padding: " + doubt_after_zeros(taken);
    step.explanation = fmt::format("{}. Without it the {} are {}: {}.", how, bytes_count(m.padded.size()),
                                   bytes_count(m.plaintext->size()), text);
}

} // namespace keyhole
