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
    const Number low = number & number_of(~std::uint64_t{0});
    std::uint64_t word = 0;
    mpz_export(&word, nullptr, 1, sizeof word, 0, 0, low.get_mpz_t());
    return word;
}

} // namespace keyhole
