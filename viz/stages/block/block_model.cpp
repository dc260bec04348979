#include "viz/stages/block/block_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

std::string hex_of(const Bytes& bytes) {
    std::string out = "0x";
    for (const auto byte : bytes) out += fmt::format("{:02X}", byte);
    return out;
}

std::string hex_of(std::uint64_t value) { return hex_text({value, 64}); }

std::string characters(const Bytes& bytes) {
    std::string out;
    for (const auto byte : bytes)
        out += byte >= 0x20 && byte < 0x7F ? std::string(1, static_cast<char>(byte)) : "\u00B7";
    return out;
}

// What surrounds the cipher in the mode: the parts before IP and those after FP.
class Chaining {
  public:
    Chaining(const BlockModel& model, const BlockRun& run) : model_(model), run_(run) {}

    std::vector<ChainPart> front() const {
        switch (model_.mode) {
            case Mode::ecb: return {incoming("")};
            case Mode::cbc:
                if (!encrypting()) return {incoming("")};
                return {incoming(""), previous(), {"=", "enters IP", hex_of(run_.trace.input), {}, {}}};
            case Mode::ctr: break;
        }
        const std::string label =
            model_.number == 1 ? "counter: the IV" : fmt::format("counter: IV + {}", model_.number - 1);
        return {{"", label, hex_of(run_.trace.input), {}, {}}};
    }

    std::vector<ChainPart> back() const {
        switch (model_.mode) {
            case Mode::ecb: return {outgoing("")};
            case Mode::cbc:
                if (encrypting()) return {outgoing("")};
                return {{"", "leaves FP", hex_of(run_.trace.output), {}, {}}, previous(), outgoing("=")};
            case Mode::ctr: break;
        }
        return {{"", "leaves FP: key stream", hex_of(run_.trace.output), {}, {}}, incoming("\u2295"), outgoing("=")};
    }

  private:
    bool encrypting() const { return model_.direction == Direction::encrypt; }

    ChainPart plain(const char* sign, const Bytes& bytes) const {
        return {sign, fmt::format("plaintext block {}", model_.number), hex_of(bytes), characters(bytes), {}};
    }
    ChainPart cipher(const char* sign, const Bytes& bytes) const {
        return {sign, fmt::format("ciphertext block {}", model_.number), hex_of(bytes), {}, {}};
    }
    ChainPart incoming(const char* sign) const {
        return encrypting() ? plain(sign, run_.input) : cipher(sign, run_.input);
    }
    ChainPart outgoing(const char* sign) const {
        return encrypting() ? cipher(sign, run_.output) : plain(sign, run_.output);
    }
    ChainPart previous() const {
        const std::string label = model_.number == 1 ? "the IV" : fmt::format("ciphertext block {}", model_.number - 1);
        return {"\u2295", label, hex_of(run_.previous), {}, model_.before};
    }

    const BlockModel& model_;
    const BlockRun& run_;
};

std::string upper(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c); });
    return out;
}

} // namespace

BlockModel make_block_model(const Trace& trace, const Node& node) {
    const Pass& pass = trace.pass(node);
    const BlockRun& run = trace.block(node);
    const Node block = node.up_to(Kind::block);
    BlockModel model;
    model.number = block.last().number;
    model.count = pass.block_count();
    model.mode = pass.mode;
    model.direction = pass.direction;
    model.reversed = pass.cipher_direction() == Direction::decrypt;
    model.words = fmt::format("{}, {}: subkeys {} to {}", upper(name(pass.mode)),
                              pass.direction == Direction::encrypt ? "encrypting" : "decrypting",
                              indexed("K", des::subkey_number(1, pass.cipher_direction())),
                              indexed("K", des::subkey_number(16, pass.cipher_direction())));
    if (model.number > 1) model.before = block.parent().child({.kind = Kind::block, .number = model.number - 1});
    for (unsigned n = 1; n <= 16; ++n) {
        const des::RoundTrace& r = run.trace.rounds[n - 1];
        model.rounds[n - 1] = {.round = n,
                               .left_label = indexed("L", n - 1),
                               .right_label = indexed("R", n - 1),
                               .subkey_label = indexed("K", des::subkey_number(n, pass.cipher_direction())),
                               .left = {r.left_in, 32},
                               .right = {r.right_in, 32},
                               .subkey = {r.subkey, 48}};
    }
    model.left_16 = {run.trace.rounds[15].left_out, 32};
    model.right_16 = {run.trace.rounds[15].right_out, 32};
    model.preoutput = {run.trace.preoutput, 64};
    model.output = {run.trace.output, 64};
    const Chaining chaining(model, run);
    model.front = chaining.front();
    model.back = chaining.back();
    return model;
}

std::string bit_words(const BlockModel& block, LadderBit bit) {
    const unsigned n = bit.half;
    const std::string place = fmt::format("bit {}", bit.position), right = indexed("R", n - 1);
    if (n == LadderBit::last) return fmt::format("{0} of {1}: {0} of the preoutput", place, right);
    const std::string left = indexed("L", n), both = n == 0 ? left : fmt::format("{} = {}", right, left);
    if (n == 16) return fmt::format("{}: {}, bit {} of the preoutput", place, both, 32 + bit.position);
    return fmt::format("{}: {}{} \u2295 f({}, {}) = {}", place, n == 0 ? "" : both + ", ", left, indexed("R", n),
                       block.rounds[n].subkey_label, indexed("R", n + 1));
}

} // namespace keyhole::viz
