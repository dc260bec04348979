// In which base the cells of a column of numbers are written. A cell says it itself (0x, 0b) or the column says it as a
// whole, because `0010` may be hex, decimal or bits: the rule is in docs/trace-format.md, "Tables written by hand".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keyhole::verify {

enum class Base : std::uint8_t { bits = 2, decimal = 10, hex = 16 };

/// The numbers of a column: at most `bits` wide (64 for counters, which are never bits or hex), written in base `own`
/// unless the column says otherwise.
struct NumberKind {
    unsigned bits = 64;
    Base own = Base::decimal;

    bool is_counter() const { return own == Base::decimal && bits == 64; }
};

/// The digits of the cell without 0x or 0b and without `.0`, and the base where the cell tells it.
struct Digits {
    std::string_view text;
    std::optional<Base> base;
};
Digits digits_of(std::string_view cell, NumberKind kind);

/// A number as it is written, and in how many digits.
struct Written {
    std::uint64_t value = 0;
    std::size_t digits = 0;
};

/// Empty where not all of the text is digits of the base or the number is longer than it may be. Hex and bits may stand
/// in groups with blanks between.
std::optional<Written> read_number(std::string_view text, Base base, NumberKind kind);

/// What spreadsheets make of numbers that are too long for them: 1.23E+20 (or 1,23E+20), and 15 digits and then zeros.
bool has_exponent(std::string_view cell);
bool has_only_15_digits(std::string_view cell);
inline constexpr const char* rounded_words =
    "a spreadsheet took it for a number and rounded it, so that its digits are lost";

/// Sees the cells of a column one after the other.
class ColumnBase {
  public:
    explicit ColumnBase(NumberKind kind) : kind_(kind) {}

    void add(std::string_view cell);
    /// No cell to come can change the answer, but to make all bases unfit.
    bool decided() const { return kind_.is_counter() || (!full_width_bits_ && fits(kind_.own) && fitting() == 1); }
    /// Bits, where all cells are zeros and ones of the full width; else the column's own base where all cells fit it,
    /// or the one that all of them do fit.
    Base base() const;

  private:
    static constexpr std::array all = {Base::decimal, Base::bits, Base::hex};

    bool fits(Base base) const;
    int fitting() const;

    NumberKind kind_;
    std::array<bool, 3> unfit_{};
    bool full_width_bits_ = true, any_ = false;
};

} // namespace keyhole::verify
