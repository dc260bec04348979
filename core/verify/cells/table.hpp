// One CSV file under verification: known columns found by name in any order, cells read as the numbers that they should
// be, and the wrong cell as an exception, because the first one ends everything.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv/csv_reader.hpp"
#include "core/des/des.hpp"
#include "core/verify/cells/wrong_cell.hpp"

namespace keyhole::verify {

/// How a column is written.
enum class Format : std::uint8_t { decimal, hex7, hex8, hex12, hex16, octets, direction, text };

struct Column {
    std::string_view name;
    Format format;
};

/// The columns of a header row of core/csv/csv_headers.hpp, with the format of each.
std::vector<Column> columns(std::string_view header, std::initializer_list<Format> formats);

/// A cell of the column `stage` as a number, and back.
constexpr std::uint64_t cell_of(Direction direction) { return direction == Direction::decrypt ? 1 : 0; }
constexpr Direction direction_of(std::uint64_t cell) { return cell == 1 ? Direction::decrypt : Direction::encrypt; }

/// A value as its column writes it: 0x and as many digits as the column has, or decimal.
std::string format_value(std::uint64_t value, Format format);

/// A file's columns and their cells in the current row. Numbers are ready to use; `octets` are at most 8 bytes,
/// right-aligned, `length` bytes long.
class Table {
  public:
    struct Cell {
        std::uint64_t value = 0;
        unsigned length = 0;
        bool empty = false;
    };

    /// Throws Error: io when it cannot be read, bad_input when there is no header or a column is missing.
    Table(const std::filesystem::path& path, std::vector<Column> columns);

    /// Moves to the next row, false at the end. Throws WrongCell for a cell that is no value of its column and Error
    /// for a row with too few cells. The first row is loaded by the constructor.
    bool advance();

    bool at_end() const { return at_end_; }
    std::uint64_t rows() const { return rows_; }
    std::uint64_t line() const { return reader_.line(); }
    const std::string& name() const { return reader_.name(); }

    const Cell& cell(std::size_t column) const { return cells_[column]; }
    std::uint64_t operator[](std::size_t column) const { return cells_[column].value; }
    std::string_view text(std::size_t column) const { return reader_.cell(positions_[column]); }

    /// The WrongCell for a cell of this row. `expected` is empty where the right value cannot be known.
    WrongCell wrong(std::size_t column, std::string expected, std::string where) const;
    /// The WrongCell for a file that ends too early: `what` should follow.
    WrongCell ends_early(std::string what) const;

  private:
    void parse(std::size_t column);

    csv::Reader reader_;
    std::vector<Column> columns_;
    std::vector<std::size_t> positions_; // of each column in the file
    std::vector<Cell> cells_;
    std::uint64_t rows_ = 0;
    bool at_end_ = false;
};

} // namespace keyhole::verify
