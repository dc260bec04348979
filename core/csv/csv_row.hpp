// How cells are written: digits from a table into a buffer that the caller made large enough, without allocation and
// without locale, because exports of a few megabytes of text have gigabytes of rows. A row ends with CR LF (RFC 4180).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/bytes.hpp"

namespace keyhole::csv {

/// The two upper-case hex digits of every byte.
inline constexpr auto hex_pairs = [] {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::array<std::array<char, 2>, 256> pairs{};
    for (std::size_t byte = 0; byte < 256; ++byte) pairs[byte] = {digits[byte >> 4], digits[byte & 15]};
    return pairs;
}();

/// The eight upper-case hex digits of a value, the first in the top byte: all eight made at once.
constexpr std::uint64_t eight_hex_digits(std::uint32_t value) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    std::uint64_t x = value;
    x = (x | x << 16) & 0x0000FFFF0000FFFF;
    x = (x | x << 8) & 0x00FF00FF00FF00FF;
    x = (x | x << 4) & 0x0F * ones;
    const std::uint64_t letters = (x + 6 * ones) >> 4 & ones; // 1 where the digit is ten or more
    return x + '0' * ones + letters * ('A' - '0' - 10);
}

inline void put_8_digits(char* at, std::uint64_t digits) {
    store_big_endian(digits, reinterpret_cast<std::uint8_t*>(at));
}

/// Writes cells one after the other from `at` on; the caller has made room for them.
class Row {
  public:
    explicit Row(char* at) : at_(at) {}

    char* end() const { return at_; }

    Row& text(std::string_view cell) {
        at_ = std::ranges::copy(cell, at_).out;
        return *this;
    }
    Row& comma() {
        *at_++ = ',';
        return *this;
    }
    Row& line_end() { return text("\r\n"); }

    Row& decimal(std::uint64_t value) {
        char digits[20];
        std::size_t first = sizeof digits;
        do {
            digits[--first] = static_cast<char>('0' + value % 10);
            value /= 10;
        } while (value != 0);
        return text({digits + first, sizeof digits - first});
    }

    /// `0x` and exactly Digits digits.
    template <unsigned Digits>
    Row& hex(std::uint64_t value) {
        at_[0] = '0';
        at_[1] = 'x';
        at_ += 2;
        if constexpr (Digits % 2 == 1) *at_++ = hex_pairs[value >> (4 * (Digits - 1)) & 15][1];
        for (unsigned i = Digits / 2; i-- > 0;) {
            std::memcpy(at_, hex_pairs[value >> (8 * i) & 0xFF].data(), 2);
            at_ += 2;
        }
        return *this;
    }

  private:
    char* at_;
};

} // namespace keyhole::csv
