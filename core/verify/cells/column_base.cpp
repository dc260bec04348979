#include "core/verify/cells/column_base.hpp"

#include <algorithm>

#include "core/base/bits.hpp"

namespace keyhole::verify {
namespace {

bool begins_with(std::string_view text, char letter_after_zero) {
    return text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == letter_after_zero;
}

std::size_t longest(Base base, unsigned bits) { return base == Base::hex ? (bits + 3) / 4 : bits; }

unsigned digit_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10 : 16;
}

} // namespace

Digits digits_of(std::string_view cell, NumberKind kind) {
    if (begins_with(cell, 'x')) return {cell.substr(2), Base::hex};
    if (begins_with(cell, 'b') && cell.size() > longest(Base::hex, kind.bits)) return {cell.substr(2), Base::bits};
    // What a spreadsheet or a notebook makes of a whole number: 7.0, or 7,0 where the comma is the decimal point.
    const std::size_t point = cell.find_first_of(".,");
    const bool whole = point != std::string_view::npos && point > 0 && point + 1 < cell.size() &&
                       cell.find_first_not_of('0', point + 1) == std::string_view::npos;
    return {whole ? cell.substr(0, point) : cell, std::nullopt};
}

std::optional<Written> read_number(std::string_view text, Base base, NumberKind kind) {
    Written out;
    const auto radix = static_cast<unsigned>(base);
    for (const char c : text) {
        if (c == ' ' && kind.own == Base::hex) continue;
        const unsigned digit = digit_value(c);
        if (digit >= radix || digit > low_mask(kind.bits) || out.value > (low_mask(kind.bits) - digit) / radix) {
            return std::nullopt;
        }
        out.value = out.value * radix + digit;
        ++out.digits;
    }
    const std::size_t most = base == Base::decimal ? text.size() : longest(base, kind.bits);
    return out.digits > 0 && out.digits <= most ? std::optional(out) : std::nullopt;
}

bool has_exponent(std::string_view cell) {
    const std::size_t e = cell.find_first_of("Ee");
    return e != std::string_view::npos && e > 0 && e + 2 < cell.size() && cell[e + 1] == '+' &&
           cell.find_first_not_of("0123456789.,") == e &&
           cell.find_first_not_of("0123456789", e + 2) == std::string_view::npos;
}

bool has_only_15_digits(std::string_view cell) {
    constexpr std::size_t kept = 15;
    const std::string_view digits = digits_of(cell, {}).text;
    return digits.size() > kept && digits.find_first_not_of("0123456789") == std::string_view::npos &&
           digits.find_first_not_of('0', kept) == std::string_view::npos;
}

void ColumnBase::add(std::string_view cell) {
    const Digits digits = digits_of(cell, kind_);
    if (digits.base || digits.text.empty()) return;
    any_ = true;
    for (std::size_t i = 0; i < all.size(); ++i) unfit_[i] = unfit_[i] || !read_number(digits.text, all[i], kind_);
    const auto bits = read_number(digits.text, Base::bits, kind_);
    full_width_bits_ = full_width_bits_ && bits && bits->digits == kind_.bits;
}

bool ColumnBase::fits(Base base) const {
    const bool too_narrow_to_tell = base == Base::hex && kind_.own == Base::decimal && kind_.bits < 4;
    return !too_narrow_to_tell && !unfit_[static_cast<std::size_t>(std::ranges::find(all, base) - all.begin())];
}

int ColumnBase::fitting() const {
    return static_cast<int>(std::ranges::count_if(all, [&](Base base) { return fits(base); }));
}

Base ColumnBase::base() const {
    if (kind_.is_counter() || !any_) return kind_.own;
    if (full_width_bits_) return Base::bits;
    if (fits(kind_.own)) return kind_.own;
    const auto found = std::ranges::find_if(all, [&](Base base) { return fits(base); });
    return found == all.end() ? kind_.own : *found;
}

} // namespace keyhole::verify
