// A whole number in digits alone: for what is a number in an address, an option or a file, and what is not is refused
// by whoever asks.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace keyhole {

/// The number that `digits` are, all of them; empty where there is none, another character (a sign, too) or a number
/// that the type does not hold.
template <std::unsigned_integral N>
std::optional<N> whole_number(std::string_view digits, int base = 10) {
    N number = 0;
    const char* const last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, number, base);
    return error == std::errc() && end == last ? std::optional(number) : std::nullopt;
}

} // namespace keyhole
