// Words and values for a block: how its mode chains it with the others, and what DES makes of it. (FIPS 81.)
#include "core/base/words.hpp"
#include "core/modes/mode_words.hpp"
#include "core/steps/explain.hpp"

namespace keyhole {
namespace {

constexpr Bits b64(std::uint64_t value) { return {value, 64}; }

// A block's share of the message: bytes, or the one bit of a segment of cfb1.
Datum segment(const Pass& pass, const Bytes& bytes) {
    return pass.mode == Mode::cfb1 ? Datum(Bits{bytes.front(), 1}) : Datum(octets(bytes));
}

std::string segment_text(const Pass& pass, const Bytes& bytes) {
    return pass.mode == Mode::cfb1 ? plain_binary(Bits{bytes.front(), 1}) : short_text(octets(bytes));
}

// What the shift register of cfb or ofb becomes; empty behind a last block that is short.
std::optional<des::Block> next_register(const Pass& pass, std::uint64_t number, const BlockRun& run) {
    const bool short_block = segment_bits(pass.mode) == 64 && run.input.size() < 8;
    if (!makes_key_stream(pass.mode) || pass.mode == Mode::ctr || short_block) return std::nullopt;
    return pass.chained(number + 1);
}

std::string feedback_words(const Pass& pass, std::uint64_t number, const BlockRun& run) {
    const unsigned bits = segment_bits(pass.mode);
    const bool ofb = pass.mode == Mode::ofb, forwards = pass.direction == Direction::encrypt;
    const std::string kept = segment_text(pass, run.key_stream);
    const std::string cipher(cipher_name(pass.variant)), gave = fmt::format("what {} gave", cipher);
    const std::string stands = number == 1                ? "the IV"
                               : ofb                      ? gave + " for the block before"
                               : bits == 64               ? "the ciphertext block before"
                               : bits * (number - 1) < 64 ? "what is left of the IV, and the ciphertext before"
                                                          : "the last 64 bits of the ciphertext before";
    std::string words = fmt::format("The shift register holds {}: {}. {} enciphers it to {}", stands,
                                    b64(run.trace.input), capitalised(cipher), b64(run.trace.output));
    if (bits < 64) {
        words += fmt::format(", of which only the first {} kept: {}", bits == 1 ? "bit is" : "8 bits are", kept);
    } else if (run.key_stream.size() < 8) {
        words += ", of which as much is kept as there is text: " + kept;
    }
    words += fmt::format(". That is added to the {}: {} ⊕ {} = {}.", forwards ? "text" : "ciphertext",
                         segment_text(pass, run.input), kept, segment_text(pass, run.output));
    const auto next = next_register(pass, number, run);
    const std::string becomes = next ? hex_text(b64(*next)) : "";
    if (ofb) {
        if (next) words += fmt::format(" The register becomes {}, {}, whatever the text was.", gave, becomes);
    } else if (next && bits == 64) {
        words += fmt::format(" The register becomes the ciphertext, {}.", becomes);
    } else if (next) {
        words += fmt::format(" The register moves {} to the left and takes the ciphertext in on the right: {}.",
                             counted(bits, "place"), becomes);
    }
    if (number == 1)
        return words +
               " The same key with the same IV begins with the same key stream, so an IV may never be used "
               "twice.";
    if (forwards) return words;
    return words +
           (ofb ? " A bit of ciphertext that was flipped on the way flips this bit of the text and no other."
                : fmt::format(" A bit of ciphertext that was flipped on the way flips the same bit here and spoils "
                              "the text as long as it stays in the register: {}.",
                              blocks_in_register(pass.mode)));
}

// "sixteen rounds", of a variant "8 rounds".
std::string rounds_words(const des::Variant& variant) {
    return variant.rounds == 16 ? "sixteen rounds" : counted(variant.rounds, "round");
}

std::string chaining_words(const Pass& pass, std::uint64_t number, const BlockRun& run) {
    if (makes_key_stream(pass.mode) && pass.mode != Mode::ctr) return feedback_words(pass, number, run);
    const Octets input = octets(run.input), result = octets(run.output);
    const Bits chained = b64(run.trace.input), output = b64(run.trace.output);
    const std::string_view before = number == 1 ? "the IV" : "the ciphertext block before";
    switch (pass.mode) {
        case Mode::ecb:
            return fmt::format(
                "In ECB every block stands alone: {} goes into the cipher as it is and {} comes out. Equal blocks give "
                "equal results, and an eavesdropper sees that.",
                chained, output);
        case Mode::cbc:
            if (pass.direction == Direction::encrypt) {
                return fmt::format(
                    "CBC first adds {}: {} ⊕ {} = {}. That block goes through the {}, and {} comes out{}.", before,
                    input, octets(run.previous), chained, rounds_words(pass.variant), output,
                    number < pass.block_count() ? "; it is what the next block will be chained with" : "");
            }
            return fmt::format(
                "The ciphertext block {} goes backwards through the rounds and gives {}. CBC then takes away {}: {} ⊕ "
                "{} = {}.",
                chained, output, before, output, octets(run.previous), result);
        default:
            return fmt::format(
                "Counter mode never enciphers the text: it enciphers the counter {} to {} and adds that to the text: "
                "{} ⊕ {} = {}. Doing it again takes it off, so both sides run {} forwards.",
                chained, output, input, octets(run.key_stream), result, cipher_name(pass.variant));
    }
}

} // namespace

void explain_block_step(const Pass& pass, const BlockRun& run, Step& step) {
    const std::uint64_t number = step.node.last().number;
    step.values = {{"key", b64(pass.schedule.key)}, {"input", segment(pass, run.input)}};
    if (!run.previous.empty()) step.add("previous", octets(run.previous));
    step.add({{"chained", b64(run.trace.input)},
              {"after_ip", b64(run.trace.after_ip)},
              {"preoutput", b64(run.trace.preoutput)},
              {"output", b64(run.trace.output)}});
    if (!run.key_stream.empty()) step.add("key_stream", segment(pass, run.key_stream));
    step.add("result", segment(pass, run.output));
    if (const auto next = next_register(pass, number, run)) step.add("next_register", b64(*next));
    step.summary = fmt::format("{} becomes {}", segment_text(pass, run.input), segment_text(pass, run.output));
    step.explanation = chaining_words(pass, number, run);
}

} // namespace keyhole
