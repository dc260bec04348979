// Numbers of 64 bits to and from GMP, whose own conversions take and give a `long`: it has 32 bits in a browser.
#pragma once

#include <cstdint>

#include "core/base/number.hpp"

namespace keyhole {

inline Number number_of(std::uint64_t word) {
    Number out;
    mpz_import(out.get_mpz_t(), 1, 1, sizeof word, 0, 0, &word);
    return out;
}

/// The lowest 64 bits of a number that is not negative.
inline std::uint64_t low_word(const Number& number) {
    std::uint64_t word = 0;
    for (unsigned limb = 0; limb * GMP_NUMB_BITS < 64; ++limb)
        word |= std::uint64_t{mpz_getlimbn(number.get_mpz_t(), limb)} << (limb * GMP_NUMB_BITS);
    return word;
}

} // namespace keyhole
