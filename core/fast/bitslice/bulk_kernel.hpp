// One batch of blocks under one key: transpose 64 blocks a lane into bits, sixteen rounds, transpose back. Bits are
// taken from the blocks' bytes as they lie in memory, so that no byte needs to be swapped.
#pragma once

#include "core/fast/bitslice/rounds.hpp"

namespace keyhole::bitslice {

template <int Distance, class Word>
inline void exchange(Word* row) {
    constexpr std::uint64_t mask = ~std::uint64_t{0} / ((std::uint64_t{1} << Distance) + 1); // low half of each pair
    const Word low = Word::widen(mask);
    for (unsigned k = 0; k < 64; k = ((k | Distance) + 1) & ~static_cast<unsigned>(Distance)) {
        const Word t = (row[k].shift_right(Distance) ^ row[k | Distance]) & low;
        row[k] = row[k] ^ t.shift_left(Distance);
        row[k | Distance] = row[k | Distance] ^ t;
    }
}

/// In every 64-bit lane: bit c of row r becomes bit r of row c (Hacker's Delight, section 7-3).
template <class Word>
inline void transpose(Word* row) {
    exchange<32>(row);
    exchange<16>(row);
    exchange<8>(row);
    exchange<4>(row);
    exchange<2>(row);
    exchange<1>(row);
}

/// Where the standard's bit `n` (0 = leftmost) of a big-endian block lies in a little-endian 64-bit load.
constexpr unsigned loaded_bit(unsigned n) { return n / 8 * 8 + 7 - n % 8; }

template <class Word>
struct BulkSubkey {
    const std::uint64_t* masks;

    Word operator()(unsigned slot) const { return Word::widen(masks[slot]); }
};

/// L0 and R0 of a batch.
template <class Word>
inline void load_halves(const std::uint8_t* in, Word* left, Word* right) {
    Word bits[64];
    for (unsigned k = 0; k < 64; ++k) bits[k] = Word::load(in + k * sizeof(Word));
    transpose(bits);
    for (unsigned j = 0; j < 32; ++j) {
        left[j] = bits[loaded_bit(tables.ip[j])];
        right[j] = bits[loaded_bit(tables.ip[32 + j])];
    }
}

template <class Word>
void crypt_batch(const BulkKeys& keys, const std::uint8_t* in, std::uint8_t* out) {
    Word bits[64], left[32], right[32];
    load_halves(in, left, right);
    for (unsigned r = 0; r < keys.rounds; r += 2) {
        part_of_round<all_right_bits>(right, left, left, BulkSubkey<Word>{keys.round[r]});
        part_of_round<all_right_bits>(left, right, right, BulkSubkey<Word>{keys.round[r + 1]});
    }
    // After n rounds, an even number, `left` is L_n and `right` R_n; the preoutput is R_n L_n.
    for (unsigned n = 0; n < 64; ++n) {
        const unsigned from = tables.fp[n];
        bits[loaded_bit(n)] = from < 32 ? right[from] : left[from - 32];
    }
    transpose(bits);
    for (unsigned k = 0; k < 64; ++k) bits[k].store(out + k * sizeof(Word));
}

template <class Word>
void record_batch(const BulkKeys& keys, const std::uint8_t* in, std::size_t row, std::uint64_t* halves,
                  std::uint64_t* mixed) {
    Word bits[64], half[3][32];
    Word *left = half[0], *right = half[1], *next = half[2];
    load_halves(in, left, right);
    // Block k of every lane is row k; row n becomes bit n of its number.
    const auto put = [&bits](std::uint64_t* to) {
        transpose(bits);
        __builtin_memcpy(to, bits, sizeof bits);
    };
    for (unsigned r = 0; r < 16; ++r) {
        const BulkSubkey<Word> subkey{keys.round[r]};
        for (unsigned box = 0; box < 8; ++box) {
            for (unsigned i = 0; i < 6; ++i) {
                bits[61 - 8 * box - i] = right[enters(box, i)] ^ subkey(6 * box + i);
            }
            bits[63 - 8 * box] = bits[62 - 8 * box] = Word::widen(0);
        }
        put(mixed + r * row);
        part_of_round<all_right_bits>(right, left, next, subkey);
        for (unsigned i = 0; i < 32; ++i) {
            bits[63 - i] = next[i];
            bits[31 - i] = left[tables.goes_to[i]] ^ next[tables.goes_to[i]];
        }
        put(halves + r * row);
        Word* const used = left;
        left = right;
        right = next;
        next = used;
    }
}

template <class Word>
void select_all(unsigned box, std::uint8_t outputs[64]) {
    Word x[6], y[4];
    for (unsigned i = 0; i < 6; ++i) x[i] = Word::widen(lane_patterns[5 - i]);
    for_box(box - 1, [&](auto number) {
        Word::template select<number()>(x[0], x[1], x[2], x[3], x[4], x[5], y[0], y[1], y[2], y[3]);
    });
    for (unsigned value = 0; value < 64; ++value) {
        unsigned output = 0;
        for (unsigned i = 0; i < 4; ++i) output |= static_cast<unsigned>(y[i].lane(0) >> value & 1) << (3 - i);
        outputs[value] = static_cast<std::uint8_t>(output);
    }
}

} // namespace keyhole::bitslice
