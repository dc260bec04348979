// An answer as a person types it, in hex, bits or decimal, compared as a number: 0x2F, 0b101111, 101111, 47 are the
// same one. What has no mark and is a number in more than one way is right if one of them is.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/number.hpp"
#include "core/base/words.hpp"

namespace keyhole {

inline constexpr std::size_t longest_answer = 4096; // characters

/// The answer in lower case and without what may stand between digits (blanks, commas, colons, hyphens, underlines);
/// nothing where a sign stands before the first one.
inline std::optional<std::string> packed_answer(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        if (out.empty() && (c == '-' || c == ',')) return std::nullopt;
        if (!separates_digits(c) && c != '_') out += lower_case(c);
    }
    return out;
}

/// Every number that the answer may mean for a value of `bits` bits (0: of no width of its own): after 0x hex, after 0b
/// bits, `bits` zeros and ones are bits, digits are decimal (and hex, where `digits_may_be_hex`), with letters they are
/// hex. Empty where it is no number.
inline std::vector<Number> readings_of_answer(std::string_view typed, std::size_t bits, bool digits_may_be_hex) {
    if (typed.size() > longest_answer) return {};
    const auto packed = packed_answer(typed);
    if (!packed || packed->empty()) return {};
    const std::string_view digits(*packed);
    const auto only = [](std::string_view text, std::string_view allowed) {
        return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
    };
    constexpr std::string_view decimal = "0123456789", hex = "0123456789abcdef", binary = "01";
    std::vector<Number> out;
    const auto add = [&](std::string_view text, int base) {
        const Number number(std::string(text), base);
        if (std::ranges::find(out, number) == out.end()) out.push_back(number);
    };
    if (digits.starts_with("0x")) {
        const auto bytes = hex_digits(typed); // every byte may have its own 0x
        if (bytes && !bytes->empty()) {
            add(*bytes, 16);
        } else if (only(digits.substr(2), hex)) {
            add(digits.substr(2), 16);
        }
        return out;
    }
    const bool marked = digits.starts_with("0b");
    if (marked && only(digits.substr(2), binary)) add(digits.substr(2), 2);
    if (digits.size() == bits && only(digits, binary)) {
        add(digits, 2);
        return out;
    }
    const bool is_decimal = only(digits, decimal);
    if (is_decimal) add(digits, 10);
    if ((digits_may_be_hex || (!is_decimal && !marked)) && only(digits, hex)) add(digits, 16);
    return out;
}

/// Whether the typed answer is that number, of a value of `bits` bits. Digits alone are hex, too, where they are all
/// that a value of whole bytes has.
inline bool is_answer(std::string_view typed, const Number& right, std::size_t bits) {
    const auto packed = packed_answer(typed);
    const bool whole_bytes = packed && bits > 0 && bits % 8 == 0 && packed->size() == bits / 4;
    return std::ranges::count(readings_of_answer(typed, bits, whole_bytes), right) > 0;
}

} // namespace keyhole
