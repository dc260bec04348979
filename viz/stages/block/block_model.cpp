#include "viz/stages/block/block_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

std::string characters(const Bytes& bytes) {
    std::string out;
    for (const auto byte : bytes)
        out += byte >= 0x20 && byte < 0x7F ? std::string(1, static_cast<char>(byte)) : "\u00B7";
    return out;
}

// What goes into DES where it makes a key stream: a counter or a shift register.
std::string entering_label(Mode mode, std::uint64_t number) {
    if (mode == Mode::ctr) return number == 1 ? "counter: the IV" : fmt::format("counter: IV + {}", number - 1);
    if (number == 1) return "shift register: the IV";
    if (mode == Mode::ofb) return fmt::format("shift register: key stream of block {}", number - 1);
    return fmt::format("shift register: ciphertext block {}{}", number - 1,
                       segment_bits(mode) == 64 ? "" : " came in last");
}

// What the mode does before IP and behind FP. `before` is the step of the block before, where there is one.
void add_mode(BlockModel& model, const Pass& pass, const BlockRun& run, const std::optional<Node>& before) {
    const bool encrypts = pass.direction == Direction::encrypt;
    const auto text = [&](const char* sign, const Bytes& bytes, bool plain) -> ChainPart {
        const bool bit = pass.mode == Mode::cfb1; // written as such
        return {sign, fmt::format("{}text block {}", plain ? "plain" : "cipher", model.number),
                bit ? fmt::to_string(bytes.front()) : "0x" + to_hex(bytes), plain && !bit ? characters(bytes) : "",
                std::nullopt};
    };
    const auto incoming = [&](const char* sign) { return text(sign, run.input, encrypts); };
    const auto outgoing = [&](const char* sign) { return text(sign, run.output, !encrypts); };
    const auto value = [](const char* sign, std::string label, des::Block block) -> ChainPart {
        return {sign, std::move(label), hex_text({block, 64}), "", std::nullopt};
    };
    const ChainPart previous{"\u2295", before ? fmt::format("ciphertext block {}", model.number - 1) : "the IV",
                             "0x" + to_hex(run.previous), "", before};
    model.front = {incoming("")};
    model.back = {outgoing("")};
    if (pass.mode == Mode::cbc && encrypts) {
        model.front = {incoming(""), previous, value("=", "enters IP", run.trace.input)};
    } else if (pass.mode == Mode::cbc) {
        model.back = {value("", "leaves FP", run.trace.output), previous, outgoing("=")};
    } else if (makes_key_stream(pass.mode)) {
        const unsigned kept = segment_bits(pass.mode);
        model.front = {value("", entering_label(pass.mode, model.number), run.trace.input)};
        if (pass.mode != Mode::ctr) model.front.front().go_to = before;
        model.back = {
            value("",
                  kept == 64 ? "leaves FP: key stream" : fmt::format("leaves FP: first {} kept", counted(kept, "bit")),
                  run.trace.output),
            incoming("\u2295"), outgoing("=")};
    }
}

} // namespace

BlockModel make_block_model(const Trace& trace, const Node& node) {
    const Pass& pass = trace.pass(node);
    const BlockRun& run = trace.block(node);
    const Node block = node.up_to(Kind::block);
    BlockModel model;
    model.number = block.last().number;
    model.count = pass.block_count();
    const unsigned rounds = model.rounds = pass.variant.rounds;
    model.swaps = pass.variant.final_swap;
    model.has_ip = pass.variant.has_ip;
    for (unsigned n = 0; n < rounds; ++n) {
        model.halves[n] = {run.trace.rounds[n].left_in, 32};
        model.subkeys[n] = indexed("K", des::subkey_number(n + 1, pass.cipher_direction(), pass.variant));
    }
    model.halves[rounds] = {run.trace.rounds[rounds - 1].left_out, 32};
    model.halves[rounds + 1] = {run.trace.rounds[rounds - 1].right_out, 32};
    model.words = fmt::format("{}, {}ing: subkeys {} to {}", upper_case(name(pass.mode)), name(pass.direction),
                              model.subkeys[0], model.subkeys[rounds - 1]);
    const Part before{.kind = Kind::block, .number = model.number - 1};
    add_mode(model, pass, run, model.number > 1 ? std::optional(block.parent().child(before)) : std::nullopt);
    return model;
}

std::string bit_words(const BlockModel& block, LadderBit bit) {
    const unsigned n = bit.half;
    const std::string place = fmt::format("bit {}", bit.position), right = indexed("R", n - 1);
    const auto in_preoutput = [&](bool first) { return bit.position + (first ? 0U : 32U); };
    if (n == block.rounds + 1)
        return fmt::format("{} of {}: bit {} of the preoutput", place, right, in_preoutput(block.swaps));
    const std::string left = indexed("L", n), both = n == 0 ? left : fmt::format("{} = {}", right, left);
    if (n == block.rounds)
        return fmt::format("{}: {}, bit {} of the preoutput", place, both, in_preoutput(!block.swaps));
    return fmt::format("{}: {}{} \u2295 f({}, {}) = {}", place, n == 0 ? "" : both + ", ", left, indexed("R", n),
                       block.subkeys[n], indexed("R", n + 1));
}

} // namespace keyhole::viz
