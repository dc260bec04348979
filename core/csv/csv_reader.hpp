// Reads a table row by row: RFC 4180 (quoted cells with doubled quotes and line ends inside), and what spreadsheets
// make of it: semicolons or tabs instead of commas, a line `sep=;` before the table, blanks around cells, rows of empty
// cells. (Why our own: Debian's libcsv counts no lines and has no limit for a cell, and fast-cpp-csv-parser does not
// read line ends inside quotes.)
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv/csv_text.hpp"

namespace keyhole::csv {

class Reader {
  public:
    static constexpr std::size_t max_row_bytes = std::size_t{64} << 20;

    /// The cells of the first row are separated by what stands there unquoted first: comma, semicolon or tab, unless a
    /// line `sep=` says it. Throws Error (io) when the file cannot be read.
    explicit Reader(const std::filesystem::path& path) : text_(path) {}

    /// The next row; false at the end. Blank lines and rows of empty cells are passed over. Throws Error (bad_input)
    /// for a quote that is never closed, stands inside an unquoted cell or is followed by more than blanks, and for a
    /// row that is too long.
    bool next();

    /// The cells of the row, valid until the next call.
    std::size_t size() const { return ends_.size(); }
    std::string_view cell(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(cells_).substr(begin, ends_[index] - begin);
    }

    /// The line on which the row began (1 is the first), and the file's name without its folder.
    std::uint64_t line() const { return row_line_; }
    const std::string& name() const { return text_.name(); }

  private:
    bool read_row();
    bool read_cell();
    void read_quoted();
    void append(int c);
    bool ends_cell(int c);
    [[noreturn]] void malformed(std::string_view why) const;

    Text text_;
    std::string cells_;             // one after the other, unquoted
    std::vector<std::size_t> ends_; // where in cells_ each cell ends
    std::uint64_t row_line_ = 0;
    int separator_ = 0; // 0 until it is known
};

/// The text without blanks (spaces, tabs and no-break spaces of UTF-8) at both ends.
std::string_view trimmed(std::string_view text);

} // namespace keyhole::csv
