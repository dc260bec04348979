#include "core/dh/order.hpp"

#include <span>
#include <vector>

namespace keyhole::dh {
namespace {

struct Part {
    Number factor; // a prime, or all that was not factored
    unsigned exponent = 1;
    bool is_prime = true;
};

// Leaves of each part what divides the order of g, which divides the product of all. Each half is looked at with g
// raised to the other half's product: so many factors cost few long powers.
void divide_out(const Number& g, const Number& p, std::span<Part> parts) {
    if (parts.empty()) return;
    if (parts.size() == 1) {
        Part& part = parts.front();
        Number power = g;
        unsigned needed = 0;
        while (power != 1 && needed < part.exponent) {
            if (++needed < part.exponent) power = power_modulo(power, part.factor, p);
        }
        part.exponent = needed;
        return;
    }
    const std::span<Part> halves[] = {parts.first(parts.size() / 2), parts.subspan(parts.size() / 2)};
    Number products[] = {1, 1};
    for (const int half : {0, 1}) {
        for (const Part& part : halves[half]) {
            for (unsigned i = 0; i < part.exponent; ++i) products[half] *= part.factor;
        }
    }
    for (const int half : {0, 1}) divide_out(power_modulo(g, products[1 - half], p), p, halves[half]);
}

} // namespace

std::string_view name(Answer answer) { return answer == Answer::yes ? "yes" : answer == Answer::no ? "no" : "unknown"; }

Answer Order::prime() const {
    if (!known()) return factors.primes.empty() ? Answer::unknown : Answer::no;
    return factors.primes.size() == 1 && factors.primes.front().exponent == 1 ? Answer::yes : Answer::no;
}

Order order_of(const Number& g, const Number& p, const Factorization& multiple) {
    std::vector<Part> parts;
    for (const PrimePower& known : multiple.primes) parts.push_back({known.prime, known.exponent, true});
    if (multiple.unfactored > 1) parts.push_back({multiple.unfactored, 1, false});
    divide_out(g, p, parts);
    Order out;
    for (const Part& part : parts) {
        for (unsigned i = 0; i < part.exponent; ++i) out.value *= part.factor;
        if (part.exponent == 0) continue;
        if (part.is_prime) {
            out.factors.primes.push_back({part.factor, part.exponent});
        } else {
            out.factors.unfactored = part.factor;
        }
    }
    return out;
}

Order order_of(const Number& g, const Number& p, const ParameterReport& report, const std::optional<Number>& q) {
    if (q && *q > 0 && *q < p && power_modulo(g, *q, p) == 1) return order_of(g, p, factorize(*q));
    const Number half = (p - 1) / 2;
    if (report.g_generates_squares) return {.value = half, .factors = {.primes = {{half, 1}}}};
    if (report.safe_prime && half > 2) return {.value = p - 1, .factors = {.primes = {{2, 1}, {half, 1}}}};
    return order_of(g, p, factorize(p - 1));
}

} // namespace keyhole::dh
