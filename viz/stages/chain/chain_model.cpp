#include "viz/stages/chain/chain_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/base/words.hpp"
#include "core/modes/mode_words.hpp"

namespace keyhole::viz {
namespace {

std::string printable(ByteView bytes) {
    std::string out;
    for (const std::uint8_t byte : bytes)
        out += byte >= 0x20 && byte < 0x7F ? std::string(1, static_cast<char>(byte)) : "\u00B7";
    return out;
}

// The index of the nearest whole block equal to that at `index`, an earlier one before a later.
std::optional<std::uint64_t> nearest_equal(ByteView bytes, std::uint64_t index) {
    const std::uint64_t whole = bytes.size() / 8;
    if (index >= whole) return std::nullopt;
    const std::uint8_t* data = bytes.data();
    const auto equal = [&](std::uint64_t other) { return std::memcmp(data + 8 * other, data + 8 * index, 8) == 0; };
    for (std::uint64_t i = index; i > 0 && index - i < equal_search; --i) {
        if (equal(i - 1)) return i - 1;
    }
    for (std::uint64_t i = index + 1; i < whole && i - index <= equal_search; ++i) {
        if (equal(i)) return i;
    }
    return std::nullopt;
}

std::size_t text_size(const Recording& recording, std::uint64_t message, Direction direction, std::size_t padded) {
    const MessageRecord& m = recording.messages[message - 1];
    if (direction == Direction::encrypt) return m.sent->plaintext.size();
    // What padding a refused message has, or has not, is not told.
    return m.received->plaintext ? m.received->plaintext->size() : padded;
}

} // namespace

Chain chain_window(const Trace& trace, const Node& node, std::uint64_t first, std::uint64_t count) {
    const std::uint64_t message = node.number(Kind::message);
    const Pass& pass = trace.pass(node);
    const bool forwards = pass.direction == Direction::encrypt;
    const Node owner = node.up_to(forwards ? Kind::encrypt : Kind::decrypt);
    const ByteView plain = forwards ? pass.input : pass.output;
    const ByteView cipher = forwards ? pass.output : pass.input;
    const std::size_t text = text_size(trace.recording(), message, pass.direction, plain.size());
    Chain chain;
    chain.mode = pass.mode;
    chain.direction = pass.direction;
    chain.key = pass.schedule.key;
    if (pass.mode != Mode::ecb) chain.iv = pass.iv;
    chain.count = pass.block_count();
    chain.first = std::min(first, chain.count);
    const std::uint64_t end = chain.first + std::min(count, chain.count - chain.first);
    for (std::uint64_t i = chain.first; i < end; ++i) {
        BlockRun run = pass.block(i + 1);
        ChainBlock block;
        block.number = i + 1;
        block.node = owner.child({.kind = Kind::block, .number = i + 1});
        block.enters = run.trace.input;
        block.leaves = run.trace.output;
        block.previous = std::move(run.previous);
        block.key_stream = std::move(run.key_stream);
        block.plain = forwards ? std::move(run.input) : std::move(run.output);
        block.cipher = forwards ? std::move(run.output) : std::move(run.input);
        const std::size_t from = segment_bits(pass.mode) * i / 8, to = from + block.plain.size();
        block.text = printable(plain.subspan(from, to - from));
        block.padding = static_cast<unsigned>(to - std::clamp(text, from, to));
        const auto number_of = [](std::optional<std::uint64_t> index) -> std::optional<std::uint64_t> {
            return index ? std::optional(*index + 1) : std::nullopt;
        };
        if (segment_bits(pass.mode) == 64) {
            block.same_plain = number_of(nearest_equal(plain, i));
            block.same_cipher = number_of(nearest_equal(cipher, i));
        }
        chain.blocks.push_back(std::move(block));
    }
    return chain;
}

std::optional<Feedback> feedback_of(Mode mode) {
    if (mode == Mode::ecb || mode == Mode::ctr) return std::nullopt;
    return Feedback{.of_ciphertext = mode != Mode::ofb, .into_register = mode != Mode::cbc};
}

std::string chain_formula(Mode mode, Direction direction) {
    const bool forwards = direction == Direction::encrypt;
    switch (mode) {
        case Mode::ecb: return forwards ? "C\u2099 = DES(P\u2099)" : "P\u2099 = DES\u207B\u00B9(C\u2099)";
        case Mode::cbc:
            return forwards ? "C\u2099 = DES(P\u2099 \u2295 C\u2099\u208B\u2081), C\u2080 = IV"
                            : "P\u2099 = DES\u207B\u00B9(C\u2099) \u2295 C\u2099\u208B\u2081, C\u2080 = IV";
        case Mode::cfb:
            return forwards ? "C\u2099 = P\u2099 \u2295 DES(C\u2099\u208B\u2081), C\u2080 = IV"
                            : "P\u2099 = C\u2099 \u2295 DES(C\u2099\u208B\u2081), C\u2080 = IV";
        case Mode::cfb8:
        case Mode::cfb1:
            return fmt::format("{} \u2295 first {} of DES(R\u2099)",
                               forwards ? "C\u2099 = P\u2099" : "P\u2099 = C\u2099",
                               mode == Mode::cfb8 ? "8 bits" : "bit");
        case Mode::ofb:
            return fmt::format("{} \u2295 O\u2099, O\u2099 = DES(O\u2099\u208B\u2081), O\u2080 = IV",
                               forwards ? "C\u2099 = P\u2099" : "P\u2099 = C\u2099");
        case Mode::ctr: break;
    }
    return forwards ? "C\u2099 = P\u2099 \u2295 DES(IV + n \u2212 1)" : "P\u2099 = C\u2099 \u2295 DES(IV + n \u2212 1)";
}

std::string chain_words(Mode mode, Direction direction) {
    const bool forwards = direction == Direction::encrypt;
    switch (mode) {
        case Mode::ecb:
            return "Every block goes through DES alone. Equal plaintext blocks give equal ciphertext blocks, and "
                   "anybody on the wire can see which.";
        case Mode::cbc:
            return forwards
                       ? "Each ciphertext block is XORed into the next plaintext block before DES, the IV into the "
                         "first: equal plaintext blocks come out different."
                       : "DES runs backwards, then the result is XORed with the ciphertext block before, in the first "
                         "block with the IV. A flipped bit of ciphertext ruins its own block and flips the same bit of "
                         "the next one's plaintext.";
        case Mode::cfb:
        case Mode::cfb8:
        case Mode::cfb1:
            if (forwards) {
                return "DES enciphers the shift register, never the text, and the ciphertext moves into the register: "
                       "equal plaintext comes out different. The same IV twice under one key shows where two texts "
                       "begin alike.";
            }
            return fmt::format(
                "DES runs forwards here too, on the same register. A flipped bit of ciphertext flips the same bit of "
                "plaintext and, as long as it stays in the register, spoils {}.",
                blocks_in_register(mode));
        case Mode::ofb:
            return "DES enciphers again and again what it gave before, never the text: the key stream depends on key "
                   "and IV alone. The same IV twice lays both texts open, and a flipped bit of ciphertext flips the "
                   "same bit of plaintext and no other.";
        case Mode::ctr: break;
    }
    return "DES enciphers a counter, never the text: what comes out is key stream, and XOR with it both enciphers and "
           "deciphers. A flipped bit of ciphertext flips the same bit of plaintext.";
}

} // namespace keyhole::viz
