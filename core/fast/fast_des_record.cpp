#include "core/fast/fast_des_record.hpp"

#include <algorithm>
#include <cassert>

#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/fast_des_rounds.hpp"

namespace keyhole::des::fast {
namespace {

struct Recorder {
    BlockRecord* out;

    void mixed(std::size_t block, unsigned round, std::uint64_t value) const { out[block].mixed[round - 1] = value; }
};

constexpr std::size_t fewest_in_a_batch = 64; // no level's batch is smaller; fewer blocks need not ask which it is

Halves start(BlockRecord& out, Block block) {
    const Halves halves = apply_ip(block);
    out.input = block;
    out.after_ip = std::uint64_t{halves.left} << 32 | halves.right;
    return halves;
}

void finish(BlockRecord& out) {
    out.preoutput = std::uint64_t{out.halves[17]} << 32 | out.halves[16];
    out.output = apply_fp(out.halves[17], out.halves[16]);
}

// What the rounds did not need: halves and the boxes' outputs. No iteration waits for another.
void complete(BlockRecord& out, const std::array<std::uint64_t, 16>& subkeys, std::uint64_t last_right) {
    out.halves[0] = static_cast<std::uint32_t>(out.after_ip >> 32);
    for (unsigned i = 0; i < 16; ++i) out.halves[i + 1] = unexpanded(out.mixed[i] ^ subkeys[i]);
    out.halves[17] = unexpanded(last_right);
    for (unsigned i = 0; i < 16; ++i) out.s_outs[i] = before_permutation(out.halves[i] ^ out.halves[i + 2]);
    finish(out);
}

template <Direction direction, std::size_t N>
void record_some(const Block* blocks, const Schedule& schedule, const std::array<std::uint64_t, 16>& subkeys,
                 BlockRecord* out) {
    std::array<State, N> states;
    for (std::size_t i = 0; i < N; ++i) states[i] = expanded(start(out[i], blocks[i]));
    states = sixteen_rounds<direction>(states, schedule, Recorder{out});
    for (std::size_t i = 0; i < N; ++i) complete(out[i], subkeys, states[i].right);
}

// A batch side by side, one bit of all its blocks a word.
void record_batch(std::span<const Block> blocks, const std::array<std::uint64_t, 16>& subkeys, BlockRecord* out) {
    std::array<std::uint64_t, 16> plain_subkeys;
    std::ranges::transform(subkeys, plain_subkeys.begin(), gather_groups);
    std::array<std::uint8_t, 8 * bitslice::BatchRounds::most_blocks> bytes;
    for (std::size_t i = 0; i < blocks.size(); ++i) store_big_endian(blocks[i], &bytes[8 * i]);
    bitslice::BatchRounds rounds;
    bitslice::record_rounds(plain_subkeys, std::span(bytes).first(8 * blocks.size()), rounds, bitslice::chosen_level());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        BlockRecord& record = out[i];
        const Halves first = start(record, blocks[i]);
        record.halves[0] = first.left;
        record.halves[1] = first.right;
        for (unsigned round = 1; round <= 16; ++round) {
            record.halves[round + 1] = rounds.right_out(round, i);
            record.s_outs[round - 1] = rounds.s_out(round, i);
            record.mixed[round - 1] = rounds.mixed(round, i);
        }
        finish(record);
    }
}

template <Direction direction>
void record_all(std::span<const Block> blocks, const Schedule& schedule, std::span<BlockRecord> out) {
    std::array<std::uint64_t, 16> subkeys; // in the order of the rounds
    for (unsigned i = 0; i < 16; ++i) subkeys[i] = schedule.subkeys[subkey_number(i + 1, direction) - 1];
    std::size_t i = 0;
    if (blocks.size() >= fewest_in_a_batch) {
        const std::size_t batch = bitslice::batch_size(bitslice::chosen_level());
        // A batch that is hardly half full takes longer than its blocks two by two.
        while (blocks.size() - i >= batch / 2 + 32) {
            const std::size_t count = std::min(blocks.size() - i, batch);
            record_batch(blocks.subspan(i, count), subkeys, &out[i]);
            i += count;
        }
    }
    for (; i + 2 <= blocks.size(); i += 2) record_some<direction, 2>(&blocks[i], schedule, subkeys, &out[i]);
    if (i < blocks.size()) record_some<direction, 1>(&blocks[i], schedule, subkeys, &out[i]);
}

} // namespace

void record(std::span<const Block> blocks, const Schedule& schedule, Direction direction, std::span<BlockRecord> out) {
    assert(out.size() == blocks.size());
    direction == Direction::encrypt ? record_all<Direction::encrypt>(blocks, schedule, out)
                                    : record_all<Direction::decrypt>(blocks, schedule, out);
}

} // namespace keyhole::des::fast
