// Puts the tables of a sheet together, cell by cell in the order of their columns.
#pragma once

#include <string>
#include <string_view>

#include "core/base/number_word.hpp"
#include "core/worksheet/sheet.hpp"

namespace keyhole::worksheet {

class SheetBuilder {
  public:
    explicit SheetBuilder(Sheet& sheet) : sheet_(sheet) {}

    /// `header` is one of core/csv/csv_headers.hpp. Returns the table's place.
    std::size_t table(std::string_view file, std::string_view header, std::size_t positions);
    /// A new row at the end of the table; the cells that follow go there, from the first column on.
    void row(std::size_t table, std::string where);

    CellId text(std::string_view text);
    CellId counter(std::uint64_t number) { return column(verify::Format::counter, number); }
    CellId column(verify::Format format, std::uint64_t value);
    CellId number(const Number& value);
    CellId action(bool multiply);
    /// An empty cell that stays empty, as the subkey of round 0.
    CellId nothing() { return text({}); }

    /// The cell is one to compute; calls come in the order in which one computes.
    SheetCell& computed(CellId id, std::vector<Way> ways);
    SheetCell& operator[](CellId id) { return sheet_.cells[id]; }
    void given(std::string name, std::string text) { sheet_.given.emplace_back(std::move(name), std::move(text)); }
    const std::string& student() const { return sheet_.settings.student; }

  private:
    CellId add(SheetCell cell);

    Sheet& sheet_;
    std::size_t table_ = 0;
    std::string where_;
};

/// The operand of a way as the 64 bits that it is.
inline std::uint64_t bits_of(const Number& number) { return low_word(number); }

/// A way from one cell, two cells.
template <class F>
Way from(CellId a, F make) {
    return {{a}, [make](std::span<const Number> in) { return number_of(make(bits_of(in[0]))); }};
}
template <class F>
Way from(CellId a, CellId b, F make) {
    return {{a, b}, [make](std::span<const Number> in) { return number_of(make(bits_of(in[0]), bits_of(in[1]))); }};
}

} // namespace keyhole::worksheet
