#include "viz/pages/compare/compare_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "core/base/words.hpp"
#include "core/fast/fast_des_record.hpp"
#include "core/steps/address.hpp"

namespace keyhole::viz {
namespace {

unsigned ones(std::uint64_t value) { return static_cast<unsigned>(std::popcount(value)); }

// The halves of the block: L0, R0 = L1, and so on.
using Halves = decltype(des::fast::BlockRecord::halves);

Halves halves_of(const BlockCase& what, Direction direction, const des::Variant& variant) {
    if (variant.is_des()) {
        des::fast::BlockRecord out;
        des::fast::record({&what.block, 1}, des::fast::key_schedule(what.key), direction, {&out, 1});
        return out.halves;
    }
    Halves out{};
    const des::BlockTrace trace = des::trace(what.block, des::key_schedule(what.key, variant), variant, direction);
    out[0] = trace.rounds[0].left_in;
    for (unsigned n = 0; n < variant.rounds; ++n) out[n + 1] = trace.rounds[n].right_in;
    out[variant.rounds + 1] = trace.rounds[variant.rounds - 1].right_out;
    return out;
}

} // namespace

unsigned HalvesPair::bits() const { return ones(left()) + ones(right()); }

unsigned Comparison::output_bits() const { return ones(output_a ^ output_b); }

std::string Comparison::place(unsigned number) const {
    if (number > 0) return fmt::format("round {}", number);
    return variant.has_ip ? "IP" : "the cut in two";
}

Comparison compare(const BlockCase& a, const BlockCase& b, Direction direction, const des::Variant& variant) {
    const des::BlockTrace ta = des::trace(a.block, des::key_schedule(a.key, variant), variant, direction);
    const des::BlockTrace tb = des::trace(b.block, des::key_schedule(b.key, variant), variant, direction);
    Comparison out{
        .a = a, .b = b, .rounds = {}, .output_a = ta.output, .output_b = tb.output, .first = {}, .variant = variant};
    out.rounds[0] = {ta.rounds[0].left_in, ta.rounds[0].right_in, tb.rounds[0].left_in, tb.rounds[0].right_in, 0};
    for (std::size_t i = 0; i < variant.rounds; ++i) {
        const des::RoundTrace &ra = ta.rounds[i], &rb = tb.rounds[i];
        out.rounds[i + 1] = {ra.left_out, ra.right_out, rb.left_out, rb.right_out, ones(ra.subkey ^ rb.subkey)};
    }
    const auto differs = std::ranges::find_if(out.rounds, [](const HalvesPair& p) { return p.bits() > 0; });
    if (differs != out.rounds.end()) out.first = static_cast<unsigned>(differs - out.rounds.begin());
    return out;
}

BlockCase with_flipped(BlockCase what, Flipped where, unsigned position) {
    (where == Flipped::key ? what.key : what.block) ^= des::Block{1} << (64 - position);
    return what;
}

BlockCase complement(const BlockCase& what) { return {~what.key, ~what.block}; }

std::array<double, compare_rounds> average_over_flips(const BlockCase& what, Flipped where, Direction direction,
                                                      const des::Variant& variant) {
    const Halves own = halves_of(what, direction, variant);
    std::array<double, compare_rounds> sum{};
    unsigned flips = 0;
    for (unsigned position = 1; position <= 64; ++position) {
        if (where == Flipped::key && is_parity_bit(position)) continue;
        const Halves other = halves_of(with_flipped(what, where, position), direction, variant);
        // After round i the halves are the i-th and the next.
        for (unsigned i = 0; i <= variant.rounds; ++i)
            sum[i] += ones(own[i] ^ other[i]) + ones(own[i + 1] ^ other[i + 1]);
        ++flips;
    }
    for (double& value : sum) value /= flips;
    return sum;
}

std::string difference_words(const Comparison& c) {
    const std::uint64_t key = c.a.key ^ c.b.key, text = c.a.block ^ c.b.block;
    if (key == 0 && text == 0) return "A and B are the same: nothing differs. Flip a bit of key or text.";
    if (c.b == complement(c.a)) {
        return "B has every bit of key and text inverted, and every bit of every round and of the result is inverted "
               "too (the complementation property): E(R) and the subkey are both inverted, so their XOR and all that "
               "the S-boxes see stay the same.";
    }
    if (text == 0 && std::ranges::none_of(c.rounds, [](const HalvesPair& p) { return p.subkey_bits > 0; })) {
        return "Only parity bits of the key differ (bits 8, 16, .. 64). PC-1 leaves them out, so all subkeys and the "
               "result are the same.";
    }
    if (ones(key) + ones(text) == 1) {
        const unsigned position = static_cast<unsigned>(std::countl_zero(key | text)) + 1;
        const unsigned round = c.first.value_or(0);
        return fmt::format(
            "Bit {} of the {} is flipped. It shows first {}, with {}; at the end {} of 64 differ. A good cipher "
            "changes about half of them, whichever bit was flipped (avalanche).",
            position, key != 0 ? "key" : "text", "after " + c.place(round), counted(c.rounds[round].bits(), "bit"),
            counted(c.output_bits(), "bit"));
    }
    return fmt::format("{} of the key and {} of the text differ; at the end {} of 64.", counted(ones(key), "bit"),
                       counted(ones(text), "bit"), counted(c.output_bits(), "bit"));
}

std::optional<CompareSource> compare_source(const Trace& trace, const Node& node) {
    const StepTree& tree = trace.tree();
    std::optional<Node> block;
    if (node.within(Kind::block)) block = node.up_to(Kind::block);
    const auto first_of = [&](std::uint64_t message, Direction direction) {
        if (!block) block = tree.find(fmt::format("message.{}/{}/block.1", message, name(direction)));
    };
    const std::uint64_t message = node.number(Kind::message);
    if (message > 0) {
        first_of(message, node.within(Kind::decrypt) ? Direction::decrypt : Direction::encrypt);
        first_of(message, Direction::decrypt);
    }
    for (std::uint64_t i = 1; !block && i <= trace.recording().messages.size(); ++i) {
        first_of(i, Direction::encrypt);
        first_of(i, Direction::decrypt);
    }
    if (!block) return std::nullopt;
    const Pass& pass = trace.pass(*block);
    const std::uint64_t number = block->number(Kind::block);
    CompareSource out{.what = {pass.schedule.key, pass.chained(number)},
                      .direction = pass.cipher_direction(),
                      .block = *block,
                      .words = address(*block),
                      .variant = pass.variant};
    if (pass.mode == Mode::cbc && pass.direction == Direction::encrypt) {
        out.words += number == 1 ? " (its text XOR the IV)" : " (its text XOR the ciphertext block before)";
    } else if (pass.mode == Mode::ctr) {
        out.words += " (its counter)";
    } else if (makes_key_stream(pass.mode)) {
        out.words += " (its shift register)";
    }
    return out;
}

Recording recording_of(const BlockCase& what, Direction direction, const des::Variant& variant) {
    return record_des({.key = what.key, .mode = Mode::ecb, .padding = Padding::none}, direction, 0,
                      block_bytes(what.block), variant);
}

} // namespace keyhole::viz
