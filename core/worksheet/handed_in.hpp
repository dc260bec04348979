// What a student handed in: one table of a sheet as it came back, in every form that verify takes (separators,
// encodings, order of rows and columns, hex or bits or decimal). A cell that is no value is kept as what it is and
// spoils no other.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/worksheet/sheet.hpp"

namespace keyhole::worksheet {

/// A table with more bytes is no student's.
inline constexpr std::size_t longest_table = std::size_t{4} << 20;

struct HandedCell {
    std::string text;            // without blanks around it
    std::optional<Number> value; // where the text is a value of its column
    std::uint64_t line = 0;
};

struct HandedIn {
    std::map<CellId, HandedCell> cells; // of rows and columns that are there
    std::vector<std::string> missing;   // columns of the sheet that are not there
    std::size_t other_rows = 0;         // rows that the sheet does not have
};

/// Table `table` of the sheet from the folder. Throws Error: io where it cannot be read, bad_input where it is no
/// table.
HandedIn read_handed_in(const std::filesystem::path& folder, const Sheet& sheet, std::size_t table);

} // namespace keyhole::worksheet
