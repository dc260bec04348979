// DES over words of bits: a word holds one bit of many blocks.
#pragma once

#include <cstdint>
#include <type_traits>

#include "core/des/des_tables.hpp"
#include "core/fast/bitslice/engine.hpp"

namespace keyhole::bitslice {

/// `lane_patterns[i]`: bit i of each lane's number, 64 lanes a word.
inline constexpr std::uint64_t lane_patterns[6] = {0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC, 0xF0F0F0F0F0F0F0F0,
                                                   0xFF00FF00FF00FF00, 0xFFFF0000FFFF0000, 0xFFFFFFFF00000000};

/// The tables of FIPS 46-3 as plain arrays, counted from 0.
struct Tables {
    unsigned char ip[64]{}, fp[64]{};
    unsigned char goes_to[32]{};  // S-box output bit i becomes bit goes_to[i] of f
    unsigned char taken[48]{};    // the bit of C D, after the round's rotations, that a slot takes
    unsigned char rotation[17]{}; // by how much C and D have been rotated in a round
    std::int16_t slot[17][56]{};  // where a round takes a bit of C0 D0, -1 where it does not

    constexpr Tables() {
        for (unsigned i = 0; i < 64; ++i) {
            ip[i] = static_cast<unsigned char>(des::ip_table[i] - 1);
            fp[i] = static_cast<unsigned char>(des::fp_table[i] - 1);
        }
        for (unsigned i = 0; i < 32; ++i) goes_to[des::p_table[i] - 1] = static_cast<unsigned char>(i);
        for (unsigned to = 0; to < 48; ++to) taken[to] = static_cast<unsigned char>(des::pc2_table[to] - 1);
        unsigned shift = 0;
        for (unsigned round = 1; round <= 16; ++round) {
            shift += des::shift_table[round - 1];
            rotation[round] = static_cast<unsigned char>(shift);
            for (std::int16_t& none : slot[round]) none = -1;
            for (unsigned to = 0; to < 48; ++to) {
                const unsigned from = des::pc2_table[to] - 1U;
                const unsigned half = from / 28 * 28, bit = half + (from - half + shift) % 28;
                slot[round][bit] = static_cast<std::int16_t>(to);
            }
        }
    }
};

inline constexpr Tables tables;

/// Right bit that enters box `box` (0 to 7) at input `i` (0 to 5).
constexpr unsigned enters(unsigned box, unsigned i) { return (4 * box + 31 + i) % 32; }

/// Sets of right bits: bit j of the set is right bit j.
using RightBits = std::uint32_t;
inline constexpr RightBits all_right_bits = ~RightBits{0};

/// The four outputs of box `Box` (0 to 7). `Word` is the word type with its S-boxes (`Word::select<Box>`), a half a row
/// of words or of 64-bit masks that are widened, `key(slot)` the word of a slot of the subkey, 0 to 47.
template <unsigned Box, class Word, class Right, class Key>
inline void box_output(const Right* right, Word y[4], Key key) {
    const auto x = [&](unsigned i) { return Word::widen(right[enters(Box, i)]) ^ key(6 * Box + i); };
    Word::template select<Box>(x(0), x(1), x(2), x(3), x(4), x(5), y[0], y[1], y[2], y[3]);
}

/// out = left ^ f(right, key), of one box; only the `Wanted` bits of it are computed.
template <unsigned Box, RightBits Wanted, class Word, class Right, class Left, class Key>
inline void box_of_round(const Right* right, const Left* left, Word* out, Key key) {
    Word y[4];
    box_output<Box>(right, y, key);
    for (unsigned i = 0; i < 4; ++i) {
        const unsigned j = tables.goes_to[4 * Box + i];
        if ((Wanted >> j & 1) != 0) out[j] = Word::widen(left[j]) ^ y[i];
    }
}

/// The same of all boxes, one after the other; `out` may be `left`, not `right`.
template <RightBits Wanted, class Word, class Key>
inline void boxes_in_turn(const Word* __restrict right, const Word* left, Word* out, Key key) {
    box_of_round<0, Wanted>(right, left, out, key);
    box_of_round<1, Wanted>(right, left, out, key);
    box_of_round<2, Wanted>(right, left, out, key);
    box_of_round<3, Wanted>(right, left, out, key);
    box_of_round<4, Wanted>(right, left, out, key);
    box_of_round<5, Wanted>(right, left, out, key);
    box_of_round<6, Wanted>(right, left, out, key);
    box_of_round<7, Wanted>(right, left, out, key);
}

/// The same in the way that is best for the word (`Word::round`).
template <RightBits Wanted, class Word, class Key>
[[gnu::noinline]] void part_of_round(const Word* __restrict right, const Word* left, Word* out, Key key) {
    Word::template round<Wanted>(right, left, out, key);
}

/// Calls with(box), the box (0 to 7) a constant, for a box that is known only at run time.
template <class With>
inline void for_box(unsigned box, With with) {
    switch (box) {
        case 0: return with(std::integral_constant<unsigned, 0>());
        case 1: return with(std::integral_constant<unsigned, 1>());
        case 2: return with(std::integral_constant<unsigned, 2>());
        case 3: return with(std::integral_constant<unsigned, 3>());
        case 4: return with(std::integral_constant<unsigned, 4>());
        case 5: return with(std::integral_constant<unsigned, 5>());
        case 6: return with(std::integral_constant<unsigned, 6>());
        default: return with(std::integral_constant<unsigned, 7>());
    }
}

/// One box of a round.
template <class Word, class Right, class Left, class Key>
[[gnu::noinline]] void single_box(unsigned box, const Right* right, const Left* left, Word* out, Key key) {
    for_box(box, [&](auto number) { box_of_round<number(), all_right_bits>(right, left, out, key); });
}

} // namespace keyhole::bitslice
