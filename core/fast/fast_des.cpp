#include "core/fast/fast_des.hpp"

#include <algorithm>
#include <cassert>

#include "core/base/big_endian.hpp"
#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/fast_des_tables.hpp"

namespace keyhole::des::fast {
namespace {

struct Halves {
    std::uint32_t left, right;
};

// Exchanges the bits of `a` under `mask << count` with the bits of `b` under `mask`.
inline void swap_bits(std::uint32_t& a, std::uint32_t& b, unsigned count, std::uint32_t mask) {
    const std::uint32_t difference = (a >> count ^ b) & mask;
    b ^= difference;
    a ^= difference << count;
}

// IP moves column c of the 8 x 8 bits to a row: three swaps of blocks transpose it, two put the halves in order.
inline Halves apply_ip(Block block) {
    auto left = static_cast<std::uint32_t>(block >> 32);
    auto right = static_cast<std::uint32_t>(block);
    swap_bits(left, right, 4, 0x0F0F0F0F);
    swap_bits(left, right, 16, 0x0000FFFF);
    swap_bits(right, left, 2, 0x33333333);
    swap_bits(right, left, 8, 0x00FF00FF);
    swap_bits(left, right, 1, 0x55555555);
    return {left, right};
}

inline Block apply_fp(std::uint32_t left, std::uint32_t right) {
    swap_bits(left, right, 1, 0x55555555);
    swap_bits(right, left, 8, 0x00FF00FF);
    swap_bits(right, left, 2, 0x33333333);
    swap_bits(left, right, 16, 0x0000FFFF);
    swap_bits(left, right, 4, 0x0F0F0F0F);
    return std::uint64_t{left} << 32 | right;
}

// `other` xor E(P(S1(B1) .. S8(B8))), spread. Each block of cbc waits sixteen times for exactly this, so it is a tree:
// the boxes whose bits are out of `mixed` first join `other`, and different operations keep the compiler from making it
// a chain of eight.
inline std::uint64_t add_boxes(std::uint64_t other, std::uint64_t mixed) {
    const auto share = [&](unsigned box) { return sp_table[box - 1][mixed >> (64 - 8 * box) & 0xFF]; };
    return (other ^ (share(7) | share(8))) ^ (((share(1) | share(2)) + (share(3) | share(4))) | (share(5) | share(6)));
}

// Rows become columns of the 8 x 8 bits: swaps of single bits, then of 2 x 2, then of 4 x 4.
inline std::uint64_t transposed(std::uint64_t rows) {
    const auto swap = [&](unsigned count, std::uint64_t mask) {
        const std::uint64_t difference = (rows ^ rows >> count) & mask;
        rows ^= difference ^ difference << count;
    };
    swap(7, 0x00AA00AA00AA00AA);
    swap(14, 0x0000CCCC0000CCCC);
    swap(28, 0x00000000F0F0F0F0);
    return rows;
}

// L and R of the classroom, as E(L) and E(R): E is linear, so that rounds need not expand anything.
struct State {
    std::uint64_t left, right;
};

inline State expanded(Halves halves) { return {spread_expansion(halves.left), spread_expansion(halves.right)}; }

inline State entering(const std::uint8_t* block) { return expanded(apply_ip(load_big_endian(block))); }

// The output, from the preoutput R16 L16.
inline Block leaving(State preoutput) { return apply_fp(unexpanded(preoutput.left), unexpanded(preoutput.right)); }

struct Silent {
    static void mixed(std::size_t, unsigned, std::uint64_t) {}
};

// All sixteen rounds of N blocks side by side, told to tap.mixed(block, round, E(R) xor K). Only `add_boxes` lies
// between a round and the next: the half that waits is mixed with the subkey of its coming round beforehand, and rounds
// 17 and 18 have no subkey.
template <Direction direction, std::size_t N, class Tap>
inline std::array<State, N> sixteen_rounds(std::array<State, N> states, const Schedule& schedule, Tap tap) {
    const auto subkey = [&](unsigned round) {
        return round <= 16 ? schedule.subkeys[subkey_number(round, direction) - 1] : 0;
    };
    std::array<std::uint64_t, N> mixed, waiting;
#pragma GCC unroll 2
    for (std::size_t i = 0; i < N; ++i) {
        mixed[i] = states[i].right ^ subkey(1);
        waiting[i] = states[i].left ^ subkey(2);
    }
#pragma GCC unroll 16
    for (unsigned round = 1; round <= 16; ++round) {
        const std::uint64_t change = subkey(round) ^ subkey(round + 2);
#pragma GCC unroll 2
        for (std::size_t i = 0; i < N; ++i) {
            tap.mixed(i, round, mixed[i]);
            const std::uint64_t next = add_boxes(waiting[i], mixed[i]);
            waiting[i] = mixed[i] ^ change;
            mixed[i] = next;
        }
    }
#pragma GCC unroll 2
    for (std::size_t i = 0; i < N; ++i) states[i] = {waiting[i], mixed[i]}; // L16, R16
    return states;
}

// While a block of a chain is in its rounds, the one before leaves and the one after comes in: work that waits for
// nothing, put where the processor would be idle. After the rounds it would find its queues full of what waits.
struct Neighbours {
    const State& before;
    std::uint8_t* out;      // where the block before goes; null: there is none
    const std::uint8_t* in; // null: there is no block after
    State& after;

    void mixed(std::size_t, unsigned round, std::uint64_t) const {
        if (round == 5 && out != nullptr) store_big_endian(leaving(before), out);
        if (round == 11 && in != nullptr) after = entering(in);
    }
};

template <Direction direction>
Block crypt_one(Block block, const Schedule& schedule) {
    const auto [end] = sixteen_rounds<direction>(std::array{expanded(apply_ip(block))}, schedule, Silent{});
    return leaving({end.right, end.left});
}

template <Direction direction>
void crypt_all(ByteView in, const Schedule& schedule, std::span<std::uint8_t> out) {
    std::size_t at = 0;
    for (; at + 16 <= in.size(); at += 16) {
        const std::array two{entering(&in[at]), entering(&in[at + 8])};
        const auto [one, other] = sixteen_rounds<direction>(two, schedule, Silent{});
        store_big_endian(leaving({one.right, one.left}), &out[at]);
        store_big_endian(leaving({other.right, other.left}), &out[at + 8]);
    }
    if (at < in.size()) store_big_endian(crypt_one<direction>(load_big_endian(&in[at]), schedule), &out[at]);
}

inline std::uint32_t before_permutation(std::uint32_t p_out) {
    return inverse_p_table[0][p_out & 0xFF] | inverse_p_table[1][p_out >> 8 & 0xFF] |
           inverse_p_table[2][p_out >> 16 & 0xFF] | inverse_p_table[3][p_out >> 24];
}

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

Schedule to_fast(const KeySchedule& schedule) {
    Schedule out;
    for (unsigned i = 0; i < 16; ++i) out.subkeys[i] = spread_groups(schedule.rounds[i].subkey);
    return out;
}

Schedule key_schedule(Block key) {
    // PC-1 reads the columns of the key's 8 x 8 bits from the last row up: columns 1, 2, 3 and half of 4 give C; 7, 6,
    // 5 and the other half of 4 give D.
    const std::uint64_t columns = transposed(__builtin_bswap64(key));
    auto c = static_cast<std::uint32_t>(columns >> 36);
    auto d = static_cast<std::uint32_t>((columns & 0xFF00) << 12 | (columns >> 4 & 0xFF000) | (columns >> 20 & 0xFF0) |
                                        (columns >> 32 & 0xF));
    Schedule out;
#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; ++i) {
        const unsigned shift = shift_table[i];
        c = (c << shift | c >> (28 - shift)) & 0x0FFFFFFF;
        d = (d << shift | d >> (28 - shift)) & 0x0FFFFFFF;
        const auto share = [](unsigned table, std::uint32_t half, unsigned place) {
            return pc2_by_seven[table][half >> place & 0x7F];
        };
        out.subkeys[i] = ((share(0, c, 21) | share(1, c, 14)) | (share(2, c, 7) | share(3, c, 0))) |
                         ((share(4, d, 21) | share(5, d, 14)) | (share(6, d, 7) | share(7, d, 0)));
    }
    return out;
}

Block crypt(Block block, const Schedule& schedule, Direction direction) {
    return direction == Direction::encrypt ? crypt_one<Direction::encrypt>(block, schedule)
                                           : crypt_one<Direction::decrypt>(block, schedule);
}

void crypt_blocks(const Schedule& schedule, Direction direction, ByteView in, std::span<std::uint8_t> out) {
    assert(in.size() % 8 == 0 && out.size() == in.size());
    direction == Direction::encrypt ? crypt_all<Direction::encrypt>(in, schedule, out)
                                    : crypt_all<Direction::decrypt>(in, schedule, out);
}

void cbc_encrypt(const Schedule& schedule, Block iv, ByteView in, std::span<std::uint8_t> out) {
    assert(in.size() % 8 == 0 && out.size() == in.size());
    if (in.empty()) return;
    // FP of one block and IP of the next undo each other: what is chained is the preoutput, and only it is waited for.
    State chain = expanded(apply_ip(iv)), input = entering(in.data());
    for (std::size_t at = 0; at < in.size(); at += 8) {
        State next{};
        const Neighbours neighbours{.before = chain,
                                    .out = at > 0 ? out.data() + at - 8 : nullptr,
                                    .in = at + 8 < in.size() ? in.data() + at + 8 : nullptr,
                                    .after = next};
        const std::array mixed{State{input.left ^ chain.left, input.right ^ chain.right}};
        const auto [end] = sixteen_rounds<Direction::encrypt>(mixed, schedule, neighbours);
        chain = {end.right, end.left}; // R16 L16
        input = next;
    }
    store_big_endian(leaving(chain), out.data() + in.size() - 8);
}

void record(std::span<const Block> blocks, const Schedule& schedule, Direction direction, std::span<BlockRecord> out) {
    assert(out.size() == blocks.size());
    direction == Direction::encrypt ? record_all<Direction::encrypt>(blocks, schedule, out)
                                    : record_all<Direction::decrypt>(blocks, schedule, out);
}

} // namespace keyhole::des::fast
