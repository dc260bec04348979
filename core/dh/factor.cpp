#include "core/dh/factor.hpp"

#include <algorithm>
#include <optional>

namespace keyhole {
namespace {

constexpr unsigned long trial_bound = 1UL << 16;

// What a step of rho costs, modulo a number of so many words.
unsigned long step_cost(const Number& n) {
    const unsigned long words = mpz_size(n.get_mpz_t());
    return 1 + words * words / 32;
}

void spend(unsigned long& effort, unsigned long cost) { effort -= std::min(effort, cost); }

// A proper factor of an odd composite, if the walk x -> x^2 + c finds one before the effort is spent. Differences are
// multiplied together and the greatest common divisor is taken once for many.
std::optional<Number> pollard_rho(const Number& n, unsigned long c, unsigned long& effort) {
    constexpr unsigned long batch = 128;
    const auto advance = [&](Number& x) { x = (x * x + c) % n; };
    Number slow, fast = 2, product = 1, start, factor;
    for (unsigned long length = 1; effort > 0; length *= 2) {
        slow = fast;
        for (unsigned long i = 0; i < length && effort > 0; ++i) {
            advance(fast);
            spend(effort, step_cost(n));
        }
        for (unsigned long walked = 0; walked < length && effort > 0; walked += batch) {
            start = fast;
            const unsigned long count = std::min(batch, length - walked);
            for (unsigned long i = 0; i < count; ++i) {
                advance(fast);
                product = product * abs(slow - fast) % n;
            }
            spend(effort, count * step_cost(n));
            factor = gcd(product, n);
            if (factor == 1) continue;
            if (factor == n) { // several factors in one batch: the same steps again, one at a time
                do {
                    advance(start);
                    factor = gcd(Number(abs(slow - start)), n);
                } while (factor == 1);
            }
            if (factor != n) return factor;
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<Number> proper_factor(const Number& n, unsigned long& effort) {
    if (mpz_perfect_square_p(n.get_mpz_t()) != 0) return sqrt(n);
    for (const unsigned long c : {1UL, 3UL, 5UL, 7UL}) {
        if (auto factor = pollard_rho(n, c, effort)) return factor;
    }
    return std::nullopt;
}

void add(std::vector<PrimePower>& primes, const Number& prime) {
    const auto at = std::find_if(primes.begin(), primes.end(), [&](const PrimePower& p) { return p.prime >= prime; });
    if (at != primes.end() && at->prime == prime) {
        ++at->exponent;
    } else {
        primes.insert(at, {prime, 1});
    }
}

} // namespace

Factorization factorize(const Number& n, unsigned long effort) {
    Factorization out;
    Number rest = n;
    for (unsigned long d = 2; d < trial_bound && rest > 1; d += d == 2 ? 1 : 2) {
        while (mpz_divisible_ui_p(rest.get_mpz_t(), d) != 0) {
            add(out.primes, d);
            rest /= d;
        }
    }
    std::vector<Number> open;
    if (rest > 1) open.push_back(rest);
    for (bool first = true; !open.empty(); first = false) {
        const Number part = open.back();
        open.pop_back();
        // A test for primality is a power of as many squarings as the number has bits, about a third of a step each.
        // Only the first one is for nothing.
        const bool tested = first || effort > 0;
        if (!first) spend(effort, bit_length(part) / 3 * step_cost(part));
        if (tested && is_prime(part)) {
            add(out.primes, part);
        } else if (const auto factor = tested ? proper_factor(part, effort) : std::nullopt) {
            open.push_back(*factor);
            open.emplace_back(part / *factor);
        } else {
            out.unfactored *= part;
        }
    }
    return out;
}

} // namespace keyhole
