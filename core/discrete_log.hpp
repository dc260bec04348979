// Discrete logarithms: x with g^x = y modulo a prime p, by Pohlig and Hellman's reduction to the prime factors of g's
// order and, for each, Shanks's baby steps and giant steps or Pollard's rho with distinguished points. Its rule: first
// the plan, with the number of group operations expected; nothing is begun that cannot be told the end of. (Handbook of
// Applied Cryptography, section 3.6; van Oorschot and Wiener, "Parallel collision search", 1999.)
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/factor.hpp"

namespace keyhole::dlog {

struct Problem {
    Number p, g, y;
};

enum class Method { automatic, bsgs, rho };
std::string_view name(Method method);
std::optional<Method> find_method(std::string_view name);

/// Largest factors for which the methods are able: the baby steps' table is at most 32 MiB, rho's exponents fit a word.
inline constexpr std::size_t max_bsgs_bits = 40, max_rho_bits = 63;

/// The search in one subgroup of prime order. Where the order is prime^exponent it is done `exponent` times.
struct Part {
    PrimePower factor;
    Method method = Method::bsgs;
    double log2_operations = 0; // expected, all digits together
};

struct Plan {
    std::size_t p_bits = 0;
    Number order;               // of g; a multiple of it where `unfactored` is over 1
    Number unfactored = 1;      // the share of the order whose prime factors are unknown
    std::vector<Part> parts;    // by rising prime
    bool in_subgroup = true;    // y is a power of g
    double log2_operations = 0; // expected group operations, all parts; with an unfactored share: at most so many

    /// Every part is within the methods' bounds.
    bool possible() const;
};

/// Throws Error (bad_input) when p is not a prime of at most 8192 bits, g or y is outside 1..p-1, or `method` is not
/// able to work on so large a factor.
Plan make_plan(const Problem& problem, Method method = Method::automatic);

/// How many group operations (multiplications modulo p) one worker of `solve` does in a second, measured in a few
/// hundredths of a second.
double operations_per_second(const Number& p);

/// Runs job(0) .. job(count - 1), in any order or at once, and returns when all are done.
using Parallel = std::function<void(unsigned count, const std::function<void(unsigned)>& job)>;

/// Told of the group operations done so far every now and then; returns false to stop.
using Progress = std::function<bool(std::uint64_t operations)>;

struct Settings {
    unsigned workers = 1;
    Parallel parallel; // empty: one after the other
    Progress progress; // empty: never stopped
};

struct Solution {
    std::optional<Number> x;      // 0 <= x < order; g^x = y has been checked. Empty: stopped, or y is no power of g
    std::uint64_t operations = 0; // group operations done
};

/// `plan` is make_plan's for this problem, and possible(). The same x whatever the workers.
Solution solve(const Problem& problem, const Plan& plan, const Settings& settings = {});

} // namespace keyhole::dlog
