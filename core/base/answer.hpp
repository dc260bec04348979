// An answer as a person types it, compared as a number: 0x2F, 0b101111, 101111, 47 are the same one.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.hpp"

namespace keyhole {

/// What was typed, read in each way that makes sense for a value of `bits` bits (0: of no width of its own). Blanks,
/// underscores and the like between digits mean nothing. `0x` is hex and `0b` bits; without either, as many zeros and
/// ones as the value has bits are bits, digits are decimal, and what has a letter, or all the digits that a value of
/// whole bytes has, is hex too. Nothing where it is no number.
inline std::vector<Number> readings_of_answer(std::string_view typed, std::size_t bits) {
    constexpr std::size_t most_digits = max_number_bits;
    std::string digits;
    for (const char c : typed)
        if (!separates_digits(c) && c != '_') digits += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto only = [](std::string_view text, std::string_view allowed) {
        return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
    };
    constexpr std::string_view decimal = "0123456789", hex = "0123456789ABCDEF", binary = "01";
    std::vector<Number> out;
    if (digits.size() > most_digits) return out;
    if (digits.starts_with("0X")) {
        if (only(digits.substr(2), hex)) out.emplace_back(digits.substr(2), 16);
        return out;
    }
    if (digits.starts_with("0B") && only(digits.substr(2), binary)) {
        out.emplace_back(digits.substr(2), 2);
        return out;
    }
    const bool all_bits = bits > 1 && digits.size() == bits && only(digits, binary);
    if (all_bits) out.emplace_back(digits, 2);
    if (!all_bits && only(digits, decimal)) out.emplace_back(digits, 10);
    const bool has_letter = digits.find_first_of("ABCDEF") != std::string::npos;
    const bool whole_bytes = bits > 0 && bits % 8 == 0 && digits.size() == bits / 4;
    if (only(digits, hex) && (has_letter || whole_bytes) && !all_bits) out.emplace_back(digits, 16);
    return out;
}

/// Whether the typed answer is that number, of a value of `bits` bits.
inline bool is_answer(std::string_view typed, const Number& right, std::size_t bits) {
    return std::ranges::count(readings_of_answer(typed, bits), right) > 0;
}

} // namespace keyhole
