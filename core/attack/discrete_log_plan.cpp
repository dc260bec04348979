#include "core/attack/discrete_log_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/attack/discrete_log_groups.hpp"
#include "core/base/error.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/order.hpp"

namespace keyhole::dlog {
namespace {

// Also of numbers that no double holds.
double log2_of(const Number& n) {
    long exponent = 0;
    const double mantissa = mpz_get_d_2exp(&exponent, n.get_mpz_t());
    return std::log2(mantissa) + static_cast<double>(exponent);
}

double log2_of_sum(double a, double b) { return std::max(a, b) + std::log2(1 + std::exp2(-std::abs(a - b))); }

// Baby steps: sqrt(q), then half as many giant steps on average. Rho: sqrt(pi q / 2) until two walks meet.
double log2_cost(const Number& prime, Method method) {
    return log2_of(prime) / 2 + (method == Method::bsgs ? std::log2(1.5) : std::log2(1.2533));
}

bool able(Method method, std::size_t bits) { return bits <= (method == Method::bsgs ? max_bsgs_bits : max_rho_bits); }

void check(const Problem& problem) {
    if (bit_length(problem.p) > dh::max_prime_bits) {
        throw bad_input(
            fmt::format("p is too long ({} bits; give at most {})", bit_length(problem.p), dh::max_prime_bits));
    }
    if (!is_prime(problem.p)) {
        throw bad_input("p is not prime (the powers of g then form no group of known kind; give a prime)");
    }
    const auto in_range = [&](const Number& value, const char* what) {
        if (value < 1 || value >= problem.p) {
            throw bad_input(fmt::format("{} is outside 1..p-1 (it is no element of the group; give another)", what));
        }
    };
    in_range(problem.g, "g");
    in_range(problem.y, "y");
}

} // namespace

std::string_view name(Method method) {
    return method == Method::automatic ? "automatic" : method == Method::bsgs ? "bsgs" : "rho";
}

std::optional<Method> find_method(std::string_view text) {
    for (const Method method : {Method::automatic, Method::bsgs, Method::rho}) {
        if (text == name(method)) return method;
    }
    return std::nullopt;
}

bool Plan::possible() const {
    return unfactored == 1 && std::all_of(parts.begin(), parts.end(), [](const Part& part) {
               return able(part.method, bit_length(part.factor.prime));
           });
}

Plan make_plan(const Problem& problem, Method method) {
    check(problem);
    constexpr unsigned long effort = 1UL << 23; // about a second: nothing to what follows
    const dh::Order order = dh::order_of(problem.g, problem.p, factorize(problem.p - 1, effort));
    Plan plan{
        .p_bits = bit_length(problem.p), .order = order.value, .unfactored = order.factors.unfactored, .parts = {}};
    plan.in_subgroup = power_modulo(problem.y, plan.order, problem.p) == 1;
    for (const PrimePower& factor : order.factors.primes) {
        const std::size_t bits = bit_length(factor.prime);
        const Method chosen = method != Method::automatic ? method : bits < first_rho_bits ? Method::bsgs : Method::rho;
        if (method == Method::bsgs && !able(chosen, bits) && able(Method::rho, bits)) {
            throw bad_input(fmt::format(
                "baby steps for a factor of {} bits (their table would not fit; at most {} bits, choose --method rho)",
                bits, max_bsgs_bits));
        }
        plan.parts.push_back({factor, chosen, log2_cost(factor.prime, chosen) + std::log2(factor.exponent)});
        plan.log2_operations = log2_of_sum(plan.log2_operations, plan.parts.back().log2_operations);
    }
    if (plan.unfactored > 1) {
        plan.log2_operations = log2_of_sum(plan.log2_operations, log2_cost(plan.unfactored, Method::rho));
    }
    return plan;
}

} // namespace keyhole::dlog
