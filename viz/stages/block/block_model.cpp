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
    Chaining(const BlockModel& view, const BlockRun& run) : view_(view), run_(run) {}

    std::vector<ChainPart> front() const {
        switch (view_.mode) {
            case Mode::ecb: return {incoming("")};
            case Mode::cbc:
                if (!encrypting()) return {incoming("")};
                return {incoming(""), previous(), {"=", "enters IP", hex_of(run_.trace.input), {}, {}}};
            case Mode::ctr: break;
        }
        const std::string label =
            view_.number == 1 ? "counter: the IV" : fmt::format("counter: IV + {}", view_.number - 1);
        return {{"", label, hex_of(run_.trace.input), {}, {}}};
    }

    std::vector<ChainPart> back() const {
        switch (view_.mode) {
            case Mode::ecb: return {outgoing("")};
            case Mode::cbc:
                if (encrypting()) return {outgoing("")};
                return {{"", "leaves FP", hex_of(run_.trace.output), {}, {}}, previous(), outgoing("=")};
            case Mode::ctr: break;
        }
        return {{"", "leaves FP: key stream", hex_of(run_.trace.output), {}, {}}, incoming("\u2295"), outgoing("=")};
    }

  private:
    bool encrypting() const { return view_.stage == Direction::encrypt; }

    ChainPart plain(const char* sign, const Bytes& bytes) const {
        return {sign, fmt::format("plaintext block {}", view_.number), hex_of(bytes), characters(bytes), {}};
    }
    ChainPart cipher(const char* sign, const Bytes& bytes) const {
        return {sign, fmt::format("ciphertext block {}", view_.number), hex_of(bytes), {}, {}};
    }
    ChainPart incoming(const char* sign) const {
        return encrypting() ? plain(sign, run_.input) : cipher(sign, run_.input);
    }
    ChainPart outgoing(const char* sign) const {
        return encrypting() ? cipher(sign, run_.output) : plain(sign, run_.output);
    }
    ChainPart previous() const {
        const std::string label = view_.number == 1 ? "the IV" : fmt::format("ciphertext block {}", view_.number - 1);
        return {"\u2295", label, hex_of(run_.previous), {}, view_.before};
    }

    const BlockModel& view_;
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
    BlockModel view;
    view.number = block.last().number;
    view.count = pass.block_count();
    view.mode = pass.mode;
    view.stage = pass.direction;
    view.reversed = pass.cipher_direction() == Direction::decrypt;
    view.words = fmt::format("{}, {}: subkeys {} to {}", upper(name(pass.mode)),
                             pass.direction == Direction::encrypt ? "encrypting" : "decrypting",
                             indexed("K", des::subkey_number(1, pass.cipher_direction())),
                             indexed("K", des::subkey_number(16, pass.cipher_direction())));
    if (view.number > 1) view.before = block.parent().child({.kind = Kind::block, .number = view.number - 1});
    for (unsigned n = 1; n <= 16; ++n) {
        const des::RoundTrace& r = run.trace.rounds[n - 1];
        view.rounds[n - 1] = {.round = n,
                              .left_label = indexed("L", n - 1),
                              .right_label = indexed("R", n - 1),
                              .subkey_label = indexed("K", des::subkey_number(n, pass.cipher_direction())),
                              .left = {r.left_in, 32},
                              .right = {r.right_in, 32},
                              .subkey = {r.subkey, 48}};
    }
    view.left_16 = {run.trace.rounds[15].left_out, 32};
    view.right_16 = {run.trace.rounds[15].right_out, 32};
    view.preoutput = {run.trace.preoutput, 64};
    view.output = {run.trace.output, 64};
    const Chaining chaining(view, run);
    view.front = chaining.front();
    view.back = chaining.back();
    return view;
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
