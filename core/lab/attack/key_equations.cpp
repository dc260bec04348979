#include "core/lab/attack/key_equations.hpp"

#include <bit>
#include <numeric>

#include "core/des/des_tables.hpp"

namespace keyhole::lab {

std::uint64_t key_bits_of(unsigned round, unsigned box, unsigned six_bit_mask) {
    const unsigned shifts = std::accumulate(des::shift_table.begin(), des::shift_table.begin() + round, 0U);
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 6; ++i) {
        if ((six_bit_mask >> (5 - i) & 1) == 0) continue;
        const unsigned from = des::pc2_table[6 * (box - 1) + i] - 1U, half = from / 28 * 28;
        bits ^= std::uint64_t{1} << (55 - half - (from - half + shifts) % 28);
    }
    return bits;
}

bool KeyEquations::add(std::uint64_t mask, bool value) {
    for (const Row& row : rows_) {
        if ((mask & row.pivot) == 0) continue;
        mask ^= row.mask;
        value ^= row.value;
    }
    if (mask == 0) return !value;
    const std::uint64_t pivot = std::bit_floor(mask);
    for (Row& row : rows_) {
        if ((row.mask & pivot) == 0) continue;
        row.mask ^= mask;
        row.value ^= value;
    }
    rows_.push_back({mask, pivot, value});
    return true;
}

bool KeyEquations::add_box(unsigned round, unsigned box, unsigned six_bits) {
    for (unsigned i = 0; i < 6; ++i) {
        if (!add(key_bits_of(round, box, 1U << i), (six_bits >> i & 1) != 0)) return false;
    }
    return true;
}

std::uint64_t KeyEquations::solution() const {
    std::uint64_t key = 0;
    for (const Row& row : rows_) key |= row.value ? row.pivot : 0;
    return key;
}

std::vector<std::uint64_t> KeyEquations::freedom() const {
    std::uint64_t pivots = 0;
    for (const Row& row : rows_) pivots |= row.pivot;
    std::vector<std::uint64_t> vectors;
    for (unsigned i = 0; i < 56; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if ((pivots & bit) != 0) continue;
        std::uint64_t vector = bit;
        for (const Row& row : rows_) vector |= (row.mask & bit) != 0 ? row.pivot : 0;
        vectors.push_back(vector);
    }
    return vectors;
}

} // namespace keyhole::lab
