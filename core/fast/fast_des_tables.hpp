// What the fast DES looks up, made at compile time from the standard's own tables (core/des/des_tables.hpp); nothing is
// typed in twice. 48-bit values appear *spread*: eight groups of six bits, one in the low bits of each byte, B1 in the
// top byte.
#pragma once

#include <bit>

#include "core/des/des_tables.hpp"

namespace keyhole::des::fast {

inline constexpr std::uint64_t every_byte = 0x0101010101010101;

/// Eight nibbles, one in each byte.
constexpr std::uint64_t spread_nibbles(std::uint32_t value) {
    std::uint64_t x = value;
    x = (x | x << 16) & 0x0000FFFF0000FFFF;
    x = (x | x << 8) & 0x00FF00FF00FF00FF;
    return (x | x << 4) & 0x0F * every_byte;
}

constexpr std::uint32_t gather_nibbles(std::uint64_t x) {
    x = (x | x >> 4) & 0x00FF00FF00FF00FF;
    x = (x | x >> 8) & 0x0000FFFF0000FFFF;
    return static_cast<std::uint32_t>(x | x >> 16);
}

/// E(right), spread: each nibble between the last bit of the nibble before and the first of the one after.
constexpr std::uint64_t spread_expansion(std::uint32_t right) {
    const std::uint64_t x = spread_nibbles(right);
    return (std::rotr(x, 8) & every_byte) << 5 | x << 1 | (std::rotl(x, 8) >> 3 & every_byte);
}

/// The half whose spread expansion this is.
constexpr std::uint32_t unexpanded(std::uint64_t spread) { return gather_nibbles(spread >> 1 & 0x0F * every_byte); }

/// 48 bits, spread; and back.
constexpr std::uint64_t spread_groups(std::uint64_t x) {
    x = (x & 0xFFFFFF000000) << 8 | (x & 0xFFFFFF);
    x = (x & 0x00FFF00000FFF000) << 4 | (x & 0x00000FFF00000FFF);
    return (x & 0x0FC00FC00FC00FC0) << 2 | (x & 0x003F003F003F003F);
}
constexpr std::uint64_t gather_groups(std::uint64_t x) {
    x = (x >> 2 & 0x0FC00FC00FC00FC0) | (x & 0x003F003F003F003F);
    x = (x >> 4 & 0x00FFF00000FFF000) | (x & 0x00000FFF00000FFF);
    return (x >> 8 & 0xFFFFFF000000) | (x & 0xFFFFFF);
}

/// `sp_table[box - 1][six_bits]`: what the box adds to the next E(R), that is E(P(its output in its place)), spread.
/// The eight boxes touch different bits, so that their shares may be joined by xor, by or and by plus alike.
inline constexpr auto sp_table = [] {
    std::array<std::array<std::uint64_t, 64>, 8> table{};
    for (unsigned box = 0; box < 8; ++box) {
        for (unsigned six = 0; six < 64; ++six) {
            const std::uint32_t s_out = std::uint32_t{output_of(s_boxes[box], six)} << (28 - 4 * box);
            table[box][six] = spread_expansion(static_cast<std::uint32_t>(select_bits(s_out, 32, p_table)));
        }
    }
    return table;
}();

/// `inverse_p_table[byte][value]`: the boxes' outputs before P, from each byte (0 = lowest) of what P made of them.
inline constexpr auto inverse_p_table = [] {
    std::array<std::array<std::uint32_t, 256>, 4> table{};
    for (unsigned from = 0; from < 32; ++from) {
        const std::uint64_t to = select_bits(std::uint64_t{1} << from, 32, p_table);
        const auto place = static_cast<unsigned>(std::countr_zero(to));
        for (unsigned value = 0; value < 256; ++value) {
            if ((value >> place % 8 & 1) != 0) table[place / 8][value] |= std::uint32_t{1} << from;
        }
    }
    return table;
}();

/// What the boxes gave, of what P made of it.
constexpr std::uint32_t before_permutation(std::uint32_t p_out) {
    return inverse_p_table[0][p_out & 0xFF] | inverse_p_table[1][p_out >> 8 & 0xFF] |
           inverse_p_table[2][p_out >> 16 & 0xFF] | inverse_p_table[3][p_out >> 24];
}

/// `pc2_by_seven[i][bits]`: the share of seven bits of C D (i = 0: the first seven of C) in the subkey, spread.
inline constexpr auto pc2_by_seven = [] {
    std::array<std::array<std::uint64_t, 128>, 8> table{};
    for (unsigned i = 0; i < 8; ++i) {
        for (std::uint64_t bits = 0; bits < 128; ++bits) {
            table[i][bits] = spread_groups(select_bits(bits << (49 - 7 * i), 56, pc2_table));
        }
    }
    return table;
}();

} // namespace keyhole::des::fast
