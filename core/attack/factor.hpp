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
    Number unfactored = 1;          // the composite part that was not factored; 1 where all of n was
};

/// `n` is 1 or more. `rho_steps` bounds the work on each composite.
Factorization factorize(const Number& n, unsigned long rho_steps = 1UL << 18);

} // namespace keyhole
