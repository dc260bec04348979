// What a value means, so that one meaning has one colour in every view. The theme knows the colours, models the
// meaning.
#pragma once

#include <string_view>

#include "core/dh/role.hpp"

namespace keyhole::viz {

enum class Meaning {
    plain,  // a mixture, or no part of DES
    left,   // a left half; in an exchange what the server does
    right,  // a right half, and E of it; what the client does
    key,    // key, C, D, subkeys, exponents
    sbox,   // what the S-boxes give, and P of it
    secret, // private keys and shared secrets
};

/// The meaning of a step's named value, by its name (as in the CSV columns).
Meaning meaning_of(std::string_view value_name);

/// The side's own, whoever looks at the exchange.
constexpr Meaning meaning_of(Role side) { return side == Role::server ? Meaning::left : Meaning::right; }

} // namespace keyhole::viz
