// DES over words of bits: a word holds one bit of many blocks. To spare XORs with the key, the right half is kept with
// the key already in it: X_r[j] = R_(r-1)[j] ^ K_r at bit j's own slot. The own slot of right bit j (0 to 31) is the
// one in box j/4; the outer inputs of a box borrow a neighbour's bit and need the difference of two key bits, and a
// round's output takes the difference of K_(r+1) and K_(r-1), in the same three-way XOR that adds the S-box's output.
#pragma once

#include "core/bitslice/engine.hpp"
#include "core/des_tables.hpp"

namespace keyhole::bitslice {

/// The tables of FIPS 46-3 as plain arrays, counted from 0.
struct Tables {
    unsigned char ip[64]{}, fp[64]{};
    unsigned char goes_to[32]{};     // S-box output bit i becomes bit goes_to[i] of f
    unsigned char key_bit[17][48]{}; // [round][slot]: bit of C0 D0
    signed char slot[17][56]{};      // the way back: where the round takes the bit, -1 where it does not

    constexpr Tables() {
        for (unsigned i = 0; i < 64; ++i) {
            ip[i] = static_cast<unsigned char>(des::ip_table[i] - 1);
            fp[i] = static_cast<unsigned char>(des::fp_table[i] - 1);
        }
        for (unsigned i = 0; i < 32; ++i) goes_to[des::p_table[i] - 1] = static_cast<unsigned char>(i);
        unsigned shift = 0;
        for (unsigned round = 1; round <= 16; ++round) {
            shift += des::shift_table[round - 1];
            for (signed char& none : slot[round]) none = -1;
            for (unsigned to = 0; to < 48; ++to) {
                const unsigned from = des::pc2_table[to] - 1U;
                const unsigned half = from / 28 * 28, bit = half + (from - half + shift) % 28;
                key_bit[round][to] = static_cast<unsigned char>(bit);
                slot[round][bit] = static_cast<signed char>(to);
            }
        }
    }
};

inline constexpr Tables tables;

/// The slot where right bit `j` meets the key in its own box.
constexpr unsigned own_slot(unsigned j) { return 6 * (j / 4) + j % 4 + 1; }

/// Right bits of the outer inputs of a box (0 to 7).
constexpr unsigned left_neighbour(unsigned box) { return (4 * box + 31) % 32; }
constexpr unsigned right_neighbour(unsigned box) { return (4 * box + 4) % 32; }

/// Positions in a round's 48 key words.
constexpr unsigned outer_left(unsigned box) { return 32 + 2 * box; }
constexpr unsigned outer_right(unsigned box) { return 33 + 2 * box; }

/// Sets of right bits: bit j of the set is right bit j.
using RightBits = std::uint32_t;
inline constexpr RightBits all_right_bits = ~RightBits{0};

/// What box `Box` (0 to 7) adds to the left half; only the `Wanted` bits of it are computed. `Word` is the word type
/// with its S-boxes (`Word::select<Box>`), `Key` a Word or a 64-bit mask that is widened.
template <unsigned Box, RightBits Wanted, class Word, class Key>
inline void box_of_round(const Word* right, const Word* left, Word* out, const Key* key) {
    Word y[4];
    Word::template select<Box>(right[left_neighbour(Box)] ^ Word::widen(key[outer_left(Box)]), right[4 * Box],
                               right[4 * Box + 1], right[4 * Box + 2], right[4 * Box + 3],
                               right[right_neighbour(Box)] ^ Word::widen(key[outer_right(Box)]), y[0], y[1], y[2],
                               y[3]);
    for (unsigned i = 0; i < 4; ++i) {
        const unsigned j = tables.goes_to[4 * Box + i];
        if ((Wanted >> j & 1) != 0) out[j] = Word::xor3(y[i], left[j], Word::widen(key[j]));
    }
}

/// out = left ^ f(right) and the change of key, of the `Wanted` bits; `out` may be `left`, not `right`.
template <RightBits Wanted, class Word, class Key>
[[gnu::noinline]] void part_of_round(const Word* __restrict right, const Word* left, Word* out,
                                     const Key* __restrict key) {
    box_of_round<0, Wanted>(right, left, out, key);
    box_of_round<1, Wanted>(right, left, out, key);
    box_of_round<2, Wanted>(right, left, out, key);
    box_of_round<3, Wanted>(right, left, out, key);
    box_of_round<4, Wanted>(right, left, out, key);
    box_of_round<5, Wanted>(right, left, out, key);
    box_of_round<6, Wanted>(right, left, out, key);
    box_of_round<7, Wanted>(right, left, out, key);
}

template <class Word, class Key>
void whole_round(const Word* right, const Word* left, Word* out, const Key* key) {
    part_of_round<all_right_bits>(right, left, out, key);
}

/// The same for a box (0 to 7) that is known only at run time; x and y as the generated circuits have them.
template <class Word>
inline void select_box(unsigned box, const Word x[6], Word y[4]) {
    const auto run = [&]<unsigned Box>() {
        Word::template select<Box>(x[0], x[1], x[2], x[3], x[4], x[5], y[0], y[1], y[2], y[3]);
    };
    switch (box) {
        case 0: return run.template operator()<0>();
        case 1: return run.template operator()<1>();
        case 2: return run.template operator()<2>();
        case 3: return run.template operator()<3>();
        case 4: return run.template operator()<4>();
        case 5: return run.template operator()<5>();
        case 6: return run.template operator()<6>();
        default: return run.template operator()<7>();
    }
}

} // namespace keyhole::bitslice
