// What a discrete logarithm will take, before anything is begun: the prime factors of g's order, the method for each,
// and how many group operations they cost; and how the search then runs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/dh/factor.hpp"

namespace keyhole::dlog {

struct Problem {
    Number p, g, y;
};

enum class Method { automatic, bsgs, rho };
std::string_view name(Method method);
std::optional<Method> find_method(std::string_view name);

/// The largest factors that the methods take: the baby steps' table is at most 32 MiB, and rho's exponents fit 128 bits
/// (a factor of that size already takes centuries).
inline constexpr std::size_t max_bsgs_bits = 40, max_rho_bits = 127;

/// From this size on rho is faster: the baby steps' table outgrows the caches, and only one thread fills it.
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

/// Runs job(0) .. job(count - 1), in any order or at once, and returns when all are done.
using Parallel = std::function<void(unsigned count, const std::function<void(unsigned)>& job)>;

/// Told of the group operations done so far every now and then; returns false to stop.
using Progress = std::function<bool(std::uint64_t operations)>;

/// How a search runs.
struct Settings {
    unsigned workers = 1;
    Parallel parallel; // empty: one after the other
    Progress progress; // empty: never stopped
};

/// Throws Error (bad_input) when p is not a prime of at most 8192 bits, g or y is outside 1..p-1, or `method` is not
/// able to work on so large a factor.
Plan make_plan(const Problem& problem, Method method = Method::automatic);

} // namespace keyhole::dlog
