// Left-to-right square and multiply: the running value starts at 1, every exponent bit from the top squares it, and a
// 1 bit then multiplies by the base (Handbook of Applied Cryptography, algorithm 14.79). As with DES, `power` computes
// and `trace_power` computes the same and writes it down.
#pragma once

#include <optional>
#include <vector>

#include "core/base/number.hpp"

namespace keyhole {

/// One exponent bit's work.
struct PowerStep {
    unsigned bit = 0;                 // 0 or 1
    Number squared;                   // after the squaring
    std::optional<Number> multiplied; // after the multiplication; only where the bit is 1

    const Number& result() const { return multiplied ? *multiplied : squared; }
    bool operator==(const PowerStep&) const = default;
};

struct PowerTrace {
    Number base, exponent, modulus;
    std::vector<PowerStep> steps; // steps[0] belongs to the exponent's top bit; none for an exponent of 0
    Number result;
};

/// base^exponent mod modulus; the modulus is 1 or more.
Number power(const Number& base, const Number& exponent, const Number& modulus);
PowerTrace trace_power(const Number& base, const Number& exponent, const Number& modulus);

inline constexpr std::size_t max_power_bits = 8192;

/// Throws Error where `trace_power` has no meaning or no bounds: modulus 0, or numbers over `max_power_bits`.
void check_power_arguments(const Number& base, const Number& exponent, const Number& modulus);

} // namespace keyhole
