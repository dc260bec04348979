// Reads RFC 4180 row by row: quoted cells with doubled quotes and line ends inside, LF or CR LF, a byte order mark.
// Memory stays flat however long the file is. (Why our own: Debian's libcsv trims blanks, counts no lines and has no
// limit for a cell, and fast-cpp-csv-parser does not read line ends inside quotes.)
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::csv {

class Reader {
  public:
    static constexpr std::size_t max_row_bytes = std::size_t{64} << 20;

    /// Throws Error (io) when the file cannot be read.
    explicit Reader(const std::filesystem::path& path);

    /// The next row; false at the end. Blank lines are passed over. Throws Error (bad_input) for a quote that is never
    /// closed, stands inside an unquoted cell or is followed by anything but a comma, and for a row that is too long.
    bool next();

    /// The cells of the row, valid until the next call.
    std::size_t size() const { return ends_.size(); }
    std::string_view cell(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(text_).substr(begin, ends_[index] - begin);
    }

    /// The line on which the row began (1 is the first), and the file's name without its folder.
    std::uint64_t line() const { return row_line_; }
    const std::string& name() const { return name_; }

  private:
    int take();
    int peek();
    void read_quoted();
    [[noreturn]] void malformed(std::string_view why) const;

    std::ifstream in_;
    std::string name_;
    std::unique_ptr<char[]> buffer_;
    std::size_t at_ = 0, filled_ = 0;
    std::string text_;              // the cells one after the other, unquoted
    std::vector<std::size_t> ends_; // where in text_ each cell ends
    std::uint64_t line_ = 1, row_line_ = 0;
};

} // namespace keyhole::csv
