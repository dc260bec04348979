// One CSV file under verification: known columns found by name in any order, cells read as the numbers that they should
// be, and the wrong cell as an exception, because the first one ends everything.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/csv/csv_reader.hpp"
#include "core/des/des.hpp"
#include "core/verify/cells/column_base.hpp"
#include "core/verify/cells/wrong_cell.hpp"

namespace keyhole::verify {

/// How a column is written: numbers that count, decimal numbers of 2, 4 or 6 bits, hex of so many digits, the hex of up
/// to eight bytes, a stage, words without the blanks around them, or text as it stands.
enum class Format : std::uint8_t {
    counter,
    bits2,
    bits4,
    bits6,
    hex7,
    hex8,
    hex12,
    hex16,
    octets,
    direction,
    words,
    text
};

struct Column {
    std::string_view name;
    Format format;
    bool required = false;
};

/// The columns of a header row of core/csv/csv_headers.hpp, with the format of each; `required` are those without which
/// the file says nothing.
std::vector<Column> columns(std::string_view header, std::initializer_list<Format> formats,
                            std::initializer_list<std::string_view> required);

/// A cell of the column `stage` as a number, and back.
constexpr std::uint64_t cell_of(Direction direction) { return direction == Direction::decrypt ? 1 : 0; }
constexpr Direction direction_of(std::uint64_t cell) { return cell == 1 ? Direction::decrypt : Direction::encrypt; }

/// A value as its column writes it: 0x and as many digits as the column has (`octets`: two for each of the `bytes`), or
/// decimal.
std::string format_value(std::uint64_t value, Format format, unsigned bytes = 8);

/// How wide the numbers of a column are, in bits.
NumberKind number_kind(Format format);

/// A file's columns and their cells in the current row. Numbers are ready to use; `octets` are at most 8 bytes,
/// right-aligned, `length` bytes long as far as they are written (zeros may be lost).
class Table {
  public:
    struct Cell {
        std::uint64_t value = 0;
        unsigned length = 0;
        bool empty = false;
    };

    /// Throws Error: io when it cannot be read, bad_input when there is no header, a required column is missing or
    /// stands there twice, or none but the required ones is there.
    Table(const std::filesystem::path& path, std::vector<Column> columns);

    /// Moves to the next row, false at the end. Throws WrongCell for a cell that is no value of its column and Error
    /// for a row with too few cells. The first row is loaded by the constructor.
    bool advance();

    bool at_end() const { return at_end_; }
    std::uint64_t rows() const { return rows_; }
    std::uint64_t line() const { return reader_.line(); }
    const std::string& name() const { return reader_.name(); }

    /// A column that is not there reads as the first message or block, as encryption, and as an empty cell.
    bool has(std::size_t column) const { return positions_[column] != absent; }
    const Cell& cell(std::size_t column) const { return cells_[column]; }
    std::uint64_t operator[](std::size_t column) const { return cells_[column].value; }
    std::string_view text(std::size_t column) const;

    /// The WrongCell for a cell of this row. `expected` is empty where the right value cannot be known.
    WrongCell wrong(std::size_t column, std::string expected, std::string where) const;
    /// The WrongCell for a file that ends too early: `what` should follow.
    WrongCell ends_early(std::string what) const;
    /// The Error for a file that says too little without that column.
    Error needs(std::size_t column, std::string_view why) const;
    /// What was read of it, for the report.
    CheckedFile checked() const;

  private:
    static constexpr std::size_t absent = ~std::size_t{0};

    void find_columns();
    void parse(std::size_t column);
    void parse_number(std::size_t column);
    Base base_of(std::size_t column);

    std::filesystem::path path_;
    csv::Reader reader_;
    std::vector<Column> columns_;
    std::vector<std::size_t> positions_; // of each column in the file
    std::vector<std::string> ignored_;   // the names of the columns that are none of ours
    std::vector<Base> bases_;            // of each column; empty until a cell does not tell its own
    std::vector<Cell> cells_;
    std::uint64_t rows_ = 0;
    bool at_end_ = false;
};

} // namespace keyhole::verify
