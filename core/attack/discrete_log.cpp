#include "core/attack/discrete_log.hpp"

#include <cassert>

#include "core/attack/discrete_log_groups.hpp"
#include "core/attack/discrete_log_search.hpp"

namespace keyhole::dlog {
namespace {

Number inverse_of(const Number& value, const Number& p) {
    Number out;
    mpz_invert(out.get_mpz_t(), value.get_mpz_t(), p.get_mpz_t());
    return out;
}

Number power_of_prime(const PrimePower& factor) {
    Number out;
    mpz_pow_ui(out.get_mpz_t(), factor.prime.get_mpz_t(), factor.exponent);
    return out;
}

// Pohlig and Hellman: x modulo prime^exponent, one digit of base `prime` after the other.
template <class Group>
std::optional<Number> solve_part(const Group& group, const Problem& problem, const Plan& plan, const Part& part,
                                 Meter& meter) {
    const Number& p = problem.p;
    const Number& prime = part.factor.prime;
    const Number cofactor = plan.order / power_of_prime(part.factor);
    const Number g = power_modulo(problem.g, cofactor, p);
    const Number y = power_modulo(problem.y, cofactor, p);
    const Number g_inverse = inverse_of(g, p);
    Number exponent = power_of_prime(part.factor) / prime;
    const Number generator = power_modulo(g, exponent, p); // of the subgroup of order `prime`
    Number x = 0, weight = 1;
    for (unsigned digit = 0; digit < part.factor.exponent; ++digit) {
        const Number rest = power_modulo(y * power_modulo(g_inverse, x, p) % p, exponent, p);
        const auto found = search(group, Target{p, generator, rest, prime}, part.method, meter);
        if (!found) return std::nullopt;
        x += *found * weight;
        weight *= prime;
        exponent /= prime;
    }
    return x;
}

template <class Group>
Solution solve_in(const Group& group, const Problem& problem, const Plan& plan, Meter& meter) {
    Number x = 0, modulus = 1;
    for (const Part& part : plan.parts) {
        const auto residue = solve_part(group, problem, plan, part, meter);
        if (!residue) return {.x = std::nullopt, .operations = meter.done()};
        // the Chinese remainder theorem, one more residue at a time
        const Number next = power_of_prime(part.factor);
        Number step = (*residue - x) * inverse_of(modulus, next) % next;
        if (step < 0) step += next;
        x += modulus * step;
        modulus *= next;
    }
    assert(power_modulo(problem.g, x, problem.p) == problem.y % problem.p);
    return {.x = x, .operations = meter.done()};
}

} // namespace

Solution solve(const Problem& problem, const Plan& plan, const Settings& settings) {
    assert(plan.possible());
    if (!plan.in_subgroup) return {};
    Meter meter(settings);
    return with_group(problem.p, [&](const auto& group) { return solve_in(group, problem, plan, meter); });
}

} // namespace keyhole::dlog
