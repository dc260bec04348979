#include "viz/base/number_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/number_word.hpp"

namespace keyhole::viz {
namespace {

// Up to `brief_bits` all digits need no more room than the first and the last eight with two dots between.
constexpr std::size_t decimal_bits = 64, brief_bits = 72, group_digits = 8;

} // namespace

NumberText number_text(const Number& number, std::size_t width) {
    NumberText out{.decimal = {}, .groups = {}, .bits = bit_length(number), .excerpt = brief_number(number)};
    if (width <= decimal_bits && out.bits <= decimal_bits) {
        out.decimal = number.get_str();
        return out;
    }
    const std::string digits = to_prefixed_hex(number, width).substr(2);
    std::size_t from = 0;
    for (std::size_t left = digits.size(); left > 0;) {
        const std::size_t take = left % group_digits == 0 ? group_digits : left % group_digits;
        out.groups.push_back(digits.substr(from, take));
        from += take;
        left -= take;
    }
    return out;
}

std::string brief_number(const Number& number) {
    const std::size_t bits = bit_length(number);
    if (bits <= decimal_bits) return number.get_str();
    if (bits <= brief_bits) return to_prefixed_hex(number);
    // The first eight digits of the number written in whole bytes.
    const std::size_t whole = (bits + 7) / 8 * 8;
    const Number high = number >> (whole - 32), low = number & 0xFFFFFFFFUL;
    return fmt::format("0x{:08X}..{:08X}", low_word(high), low_word(low));
}

std::vector<bool> changed_groups(const NumberText& before, const NumberText& after) {
    std::vector<bool> out(after.groups.size(), true);
    // Counted from the right, should one of them be longer.
    const std::size_t common = std::min(before.groups.size(), after.groups.size());
    for (std::size_t i = 1; i <= common; ++i) {
        const std::size_t at = after.groups.size() - i;
        out[at] = before.groups[before.groups.size() - i] != after.groups[at];
    }
    return out;
}

std::string indexed(std::string_view letter, unsigned number) {
    std::string out(letter);
    for (const char digit : std::to_string(number)) {
        out += "\xE2\x82";
        out += static_cast<char>(0x80 + digit - '0');
    }
    return out;
}

} // namespace keyhole::viz
