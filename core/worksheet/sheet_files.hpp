// A sheet's files: its tables as CSV, with blanks or filled in, and sheet.json, which says what kind of sheet it is and
// whose, and holds no answer.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/worksheet/sheet.hpp"

namespace keyhole::worksheet {

/// RFC 4180; blank cells are empty, or have what belongs there where `solved`.
std::string table_csv(const Sheet& sheet, const SheetTable& table, bool solved);

/// {"kind","student","fade","columns","given","blanks","seal"}; the seal binds all of it to seed and ID.
std::string sheet_json(const Sheet& sheet, std::string_view seed);

/// What sheet.json says.
struct SheetFile {
    SheetSettings settings;
    std::vector<std::string> blanks; // Sheet::place of each
    std::string seal;
};

/// Throws Error: io where there is none, bad_input where it is no sheet's.
SheetFile read_sheet_file(const std::filesystem::path& folder);

/// Whether sheet.json was made with this seed, for this ID, and not altered since.
bool is_sealed(const SheetFile& file, const Sheet& sheet, std::string_view seed);

/// What a folder's tables hold where cells are to be filled in.
enum class Filled { missing, nothing, something };
Filled filled(const std::filesystem::path& folder, const Sheet& sheet);

/// Writes page, tables and sheet.json, all or none; the folder is created. Throws Error (io), and bad_input where the
/// folder holds a sheet that somebody has begun to fill in.
void write_sheet(const std::filesystem::path& folder, const Sheet& sheet, std::string_view seed);

/// Writes page and tables filled in, and sheet.json, so that the solution can be graded. Where a table was filled in by
/// somebody, it is kept under another name; returns these names.
std::vector<std::string> write_solution(const std::filesystem::path& folder, const Sheet& sheet, std::string_view seed);

} // namespace keyhole::worksheet
