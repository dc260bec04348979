// What a sheet that was handed in is worth. Every blank cell is right, wrong, empty, or carried forward: right from the
// student's own earlier cells, which earns the full point, so that one slip costs one.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/worksheet/handed_in.hpp"

namespace keyhole::worksheet {

enum class Mark : std::uint8_t { right, carried, wrong, empty };

struct SheetGrade {
    std::string folder; // as it was named
    SheetSettings settings;
    std::size_t of = 0, right = 0, carried = 0, wrong = 0, empty = 0;
    std::string first_wrong; // the cell, one line; empty where none is wrong
    std::string cause;       // how it came about, where that can be told, and how often: ".., five times"
    std::string nothing;     // why the sheet is worth nothing; empty where it is graded
    std::string remark;      // what else a person should know

    std::size_t points() const { return nothing.empty() ? right + carried : 0; }
};

/// A sheet that was read and graded by itself; what is kept of it is for comparing it with the others.
struct GradedSheet {
    SheetGrade grade;
    Sheet sheet;
    std::map<CellId, HandedCell> handed;
};

/// Throws Error: io where the folder cannot be read, bad_input where there is no sheet in it or a table is none.
GradedSheet grade_sheet(const std::filesystem::path& folder, std::string_view seed);

/// Sheets with a neighbour's answers in place of their own are worth nothing, and say whose.
void compare_sheets(std::vector<GradedSheet>& sheets);

/// "s1234567: 43 of 48 (2 carried forward, 3 wrong, 2 empty)", and further lines, indented, for the first wrong cell
/// and remarks.
std::string grade_text(const SheetGrade& grade);

/// The header and a row a sheet.
std::string grades_csv(const std::vector<GradedSheet>& sheets);

} // namespace keyhole::worksheet
