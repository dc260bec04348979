// Discrete logarithms: x with g^x = y modulo a prime p, by Pohlig and Hellman's reduction to the prime factors of g's
// order and, for each, Shanks's baby steps and giant steps or Pollard's rho with distinguished points. Its rule: first
// the plan (discrete_log_plan.hpp) with the number of group operations expected, so that nothing is begun whose end
// cannot be told. (Handbook of Applied Cryptography, section 3.6; van Oorschot and Wiener, "Parallel collision search",
// 1999.)
#pragma once

#include <cstdint>
#include <optional>

#include "core/attack/discrete_log_plan.hpp"

namespace keyhole::dlog {

struct Solution {
    std::optional<Number> x;      // 0 <= x < order; g^x = y has been checked. Empty: stopped, or y is no power of g
    std::uint64_t operations = 0; // group operations done
};

/// `plan` is make_plan's for this problem, and possible(). The same x whatever the workers.
Solution solve(const Problem& problem, const Plan& plan, const Settings& settings = {});

} // namespace keyhole::dlog
