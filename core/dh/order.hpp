// The order of a generator: how many powers it has, and so how many secrets an exchange with it can have. It takes the
// prime factors of p - 1 (HAC, algorithm 4.79); where not all were found, what is not known is not claimed.
#pragma once

#include <optional>
#include <string_view>

#include "core/dh/dh.hpp"
#include "core/dh/factor.hpp"

namespace keyhole::dh {

enum class Answer { no, yes, unknown };
std::string_view name(Answer answer);

struct Order {
    Number value = 1;      // of g; a multiple of it where the factors are not all known
    Factorization factors; // of `value`; what is in `primes` divides the order for certain

    bool known() const { return factors.unfactored == 1; }
    /// Whether the order is a prime number.
    Answer prime() const;
};

/// The order of g modulo the prime p, g from 1 to p-1. `multiple` is a number that is known to be a multiple of it
/// (p-1, always), as far as it is factored.
Order order_of(const Number& g, const Number& p, const Factorization& multiple);

/// The same for parameters whose report is ok(), with bounded effort. `q`: a number that may be the order of g; it is
/// believed only where g^q is 1.
Order order_of(const Number& g, const Number& p, const ParameterReport& report, const std::optional<Number>& q = {});

} // namespace keyhole::dh
