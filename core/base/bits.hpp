// Fixed-width bit strings as FIPS 46-3 writes them: bit 1 is the leftmost, the most significant of `width` bits.
// Values sit right-aligned in an unsigned integer.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>

namespace keyhole {

/// A bit string of 1 to 64 bits.
struct Bits {
    std::uint64_t value = 0;
    unsigned width = 64;

    bool operator==(const Bits&) const = default;
};

/// Bit `position` (1 = leftmost) of a string of `width` bits.
constexpr unsigned bit_at(std::uint64_t value, unsigned width, unsigned position) {
    return static_cast<unsigned>(value >> (width - position)) & 1U;
}

/// The lowest `width` bits set (width 1 to 64).
constexpr std::uint64_t low_mask(unsigned width) { return ~std::uint64_t{0} >> (64 - width); }

/// `count` bits of a string of `width` bits, from bit `first` (1 = leftmost).
constexpr std::uint64_t bit_slice(std::uint64_t value, unsigned width, unsigned first, unsigned count) {
    return (value >> (width - first + 1 - count)) & low_mask(count);
}

} // namespace keyhole
