#include "core/kat/records/kat_check.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/words.hpp"

namespace keyhole::kat {
namespace {

// As the file writes it: with its prefix, in its case.
std::string in_the_style_of(std::string_view value, std::string_view digits) {
    const auto any = [&](char from, char to) {
        return std::any_of(value.begin(), value.end(), [&](char c) { return c >= from && c <= to; });
    };
    const bool lower = any('a', 'f') && !any('A', 'F');
    return std::string(value.substr(0, value.size() - without_prefix(value).size())) +
           (lower ? lower_case(digits) : std::string(digits));
}

} // namespace

Verdict compare_hex(const Field& field, const std::string& digits) {
    if (upper_case(hex_digits(field.value).value_or("")) == digits) return std::nullopt;
    return Mismatch{&field, field.value, in_the_style_of(field.value, digits)};
}

Verdict compare_number(const Field& field, const Number& stands, const Number& number) {
    if (stands == number) return std::nullopt;
    const std::string digits = number.get_str(-16);
    const std::size_t width = std::max(hex_digits(field.value).value_or("").size(), digits.size());
    return Mismatch{&field, field.value,
                    in_the_style_of(field.value, std::string(width - digits.size(), '0') + digits)};
}

} // namespace keyhole::kat
