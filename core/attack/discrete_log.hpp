// Discrete logarithms: x with g^x = y modulo a prime p, by Pohlig and Hellman's reduction to the prime factors of g's
// order and, for each, Shanks's baby steps and giant steps or Pollard's rho with distinguished points. Its rule: first
// the plan, with the number of group operations expected; nothing is begun that cannot be told the end of. (Handbook of
// Applied Cryptography, section 3.6; van Oorschot and Wiener, "Parallel collision search", 1999.)
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/attack/factor.hpp"

namespace keyhole::dlog {

struct Problem {
    Number p, g, y;
};

enum class Method { automatic, bsgs, rho };
std::string_view name(Method method);
std::optional<Method> find_method(std::string_view name);

/// Largest factors for which the methods are able: the baby steps' table is at most 32 MiB, rho's exponents fit 128
/// bits (which takes longer than anybody lives: no patience would reach further).
inline constexpr std::size_t max_bsgs_bits = 40, max_rho_bits = 127;

/// From here on rho is quicker: the baby steps' table outgrows the caches, and one thread fills it.
inline constexpr std::size_t first_rho_bits = 37;

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

struct Estimate {
    double operations_per_second = 0; // all workers together
    double log2_seconds = 0;          // expected of solve, all parts
};

/// How long `solve` will take on average, measured: each method that the plan has a use for is begun on its largest
/// part, table included, for less than a tenth of a second. Of a plan that is not possible() the rate is that of rho
/// with exponents of the largest size. `settings.progress` is not called.
Estimate estimate(const Problem& problem, const Plan& plan, const Settings& settings = {});

/// How many steps of Pollard's rho one worker does in a second, measured likewise.
double operations_per_second(const Number& p);

/// `plan` is make_plan's for this problem, and possible(). The same x whatever the workers.
Solution solve(const Problem& problem, const Plan& plan, const Settings& settings = {});

} // namespace keyhole::dlog
