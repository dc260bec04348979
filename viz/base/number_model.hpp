// A number of Diffie-Hellman as the stages write it: decimal where the modulus is below 2^64, else hex digits in groups
// of eight, as wide as the modulus, so that two values of one computation can be compared group by group.
#pragma once

#include <string>
#include <vector>

#include "core/base/number.hpp"
#include "core/base/words.hpp"

namespace keyhole::viz {

struct NumberText {
    std::string decimal;             // empty where the number is written in hex
    std::vector<std::string> groups; // hex digits from the top, eight in each group but perhaps the first
    std::size_t bits = 0;            // the number's own length
    std::string excerpt;             // "18", or "0x1A2B3C4D..5E6F7A8B"

    bool in_hex() const { return decimal.empty(); }
};

/// `width` is the length of the modulus in bits; it decides between decimal and hex, and how many groups there are.
NumberText number_text(const Number& number, std::size_t width);

/// Decimal below 2^64, else hex: all digits of up to 72 bits, of more the first and the last eight. Cheap for long
/// numbers.
std::string brief_number(const Number& number);

/// Which groups of `after` differ from those of `before`; both have the same width and are in hex.
std::vector<bool> changed_groups(const NumberText& before, const NumberText& after);

/// "L" and 12 give "L₁₂".
std::string indexed(std::string_view letter, unsigned number);

} // namespace keyhole::viz
