// The files of a right export, of which one cell or one row is altered at a time, to see what verify says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/recording/recording.hpp"
#include "tests/support/recordings.hpp"

namespace keyhole::testing {

/// A CSV file as its cells, the header first. No cell may hold a line end, so that row N stands on line N + 1.
using Cells = std::vector<std::vector<std::string>>;

Cells read_cells(const std::filesystem::path& path);
/// RFC 4180, as exports are written.
std::string joined(const Cells& cells);
/// Where the column of that name stands.
std::size_t column_of(const Cells& cells, const std::string& name);
/// The columns of these names alone.
Cells only(const Cells& cells, const std::vector<std::string>& names);

/// Another value of the same kind: the other stage, a number, one digit or letter changed. Never the cell itself.
std::string altered(const std::string& cell, std::uint64_t random);

class Export {
  public:
    explicit Export(const Recording& recording);

    /// The names of the files that are there.
    std::vector<std::string> files() const;
    const Cells& cells(const std::string& file) const { return files_.at(file); }
    const std::string& cell(const std::string& file, std::size_t row, const std::string& column) const;
    std::size_t rows(const std::string& file) const { return cells(file).size() - 1; }

    /// Leaves only these files in the folder, and of one the columns of these names.
    void keep(const std::vector<std::string>& files);
    void keep_columns(const std::string& file, const std::vector<std::string>& columns);

    /// What verify says: of all as it is, with one cell altered, with a row deleted or doubled, with rows for that
    /// file.
    std::string said() const;
    std::string with(const std::string& file, std::size_t row, const std::string& column, const std::string& value);
    std::string without(const std::string& file, std::size_t row);
    std::string doubled(const std::string& file, std::size_t row);
    std::string with_cells(const std::string& file, const Cells& cells);

    /// "FILE:LINE: COLUMN is VALUE, expected EXPECTED", as verify names a cell.
    std::string named(const std::string& file, std::size_t row, const std::string& column, const std::string& value,
                      const std::string& expected) const;

  private:
    TemporaryFolder folder_;
    std::map<std::string, Cells> files_;
};

} // namespace keyhole::testing
