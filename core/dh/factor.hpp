// Integers factored as far as a bounded effort goes: trial division, then Pollard's rho in Brent's form (R. Brent,
// "An improved Monte Carlo factorization algorithm", 1980). That is enough for every group whose discrete logarithms
// can be found at all; what could not be factored is returned as such.
#pragma once

#include <vector>

#include "core/base/number.hpp"

namespace keyhole {

struct PrimePower {
    Number prime;
    unsigned exponent = 1;

    bool operator==(const PrimePower&) const = default;
};

struct Factorization {
    std::vector<PrimePower> primes; // rising
    Number unfactored = 1;          // the part whose prime factors were not found; 1 where all of n was factored
};

/// `n` is 1 or more. `effort` bounds the work of all that follows trial division: it counts rho's steps on a number of
/// a few words; a step on a longer one counts for more. 2^21 are some tenths of a second.
Factorization factorize(const Number& n, unsigned long effort = 1UL << 21);

} // namespace keyhole
