// A half of the block box by box, the boxes counted from 0: what E gives to each, and what each gave before P.
#pragma once

#include <cstdint>

namespace keyhole::lab {

/// The six bits of E(right) that enter the box.
constexpr unsigned enters_box(std::uint32_t right, unsigned box) {
    const unsigned turn = (4 * box + 5) % 32; // never 0
    return (right << turn | right >> (32 - turn)) & 63;
}

/// The four bits that the box gave to the 32 before P.
constexpr unsigned leaves_box(std::uint32_t outputs, unsigned box) { return outputs >> (28 - 4 * box) & 15; }

} // namespace keyhole::lab
