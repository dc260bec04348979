// The sixteen rounds of the fast DES, for fast_des.cpp and fast_des_record.cpp: what goes into them, what comes out,
// and a tap in between, as in core/des/des.cpp.
#pragma once

#include "core/fast/fast_des.hpp"
#include "core/fast/fast_des_tables.hpp"

namespace keyhole::des::fast {

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

} // namespace keyhole::des::fast
