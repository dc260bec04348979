// The named Diffie-Hellman groups of RFC 2409, RFC 3526 and RFC 7919, and a toy for the blackboard. Their primes are
// computed here from pi and e, as the RFCs define them: numbers with nothing up their sleeve.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.hpp"

namespace keyhole {

struct Group {
    std::string name;
    std::string source; // "RFC 7919, appendix A.1"
    Number p, g;
    unsigned exponent_bits = 0; // recommended length of a private key in bits; 0: the whole range
};

/// All named groups: toy23, modp768 .. modp8192, ffdhe2048 .. ffdhe8192.
const std::vector<Group>& named_groups();

/// By name, in any case of letters; nullptr when there is none of that name.
const Group* find_group(std::string_view name);

/// By its numbers; nullptr when they are no named group's.
const Group* find_group(const Number& p, const Number& g);

/// floor(2^bits * e) and floor(2^bits * pi).
Number scaled_e(unsigned bits);
Number scaled_pi(unsigned bits);

} // namespace keyhole
