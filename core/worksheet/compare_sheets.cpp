// Whose answers stand in a sheet. A neighbour's numbers, typed into one's own table, fit each other and would be
// carried forward; what gives them away is that they are right for the neighbour.
#include <fmt/format.h>

#include "core/worksheet/grade.hpp"

namespace keyhole::worksheet {
namespace {

// Of fewer cells that differ between two sheets nothing can be concluded.
constexpr std::size_t fewest_cells = 6;

bool same_blanks(const Sheet& a, const Sheet& b) {
    return a.settings.kind == b.settings.kind && a.settings.fade == b.settings.fade &&
           a.settings.columns == b.settings.columns && a.settings.student != b.settings.student;
}

// Whether nearly all of the cells in which the two sheets differ have the other one's value.
bool has_values_of(const GradedSheet& mine, const Sheet& other) {
    std::size_t differ = 0, theirs = 0;
    for (const CellId id : mine.sheet.blanks()) {
        // Sheets of square and multiply have as many rows as their exponents need.
        const SheetCell& cell = mine.sheet.cells[id];
        if (id >= other.cells.size() || cell.value == other.cells[id].value) continue;
        const auto typed = mine.handed.find(id);
        if (typed == mine.handed.end() || !typed->second.value) continue;
        ++differ;
        if (*typed->second.value == other.cells[id].value) ++theirs;
    }
    return differ >= fewest_cells && 10 * theirs >= 9 * differ;
}

} // namespace

void compare_sheets(std::vector<GradedSheet>& sheets) {
    for (GradedSheet& mine : sheets) {
        if (!mine.grade.nothing.empty() || mine.grade.right == mine.grade.of) continue;
        for (const GradedSheet& other : sheets) {
            if (!same_blanks(mine.sheet, other.sheet) || !has_values_of(mine, other.sheet)) continue;
            mine.grade.nothing = fmt::format("the answers are those of {}'s sheet", other.grade.settings.student);
            break;
        }
    }
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (sheets[i].grade.settings != sheets[j].grade.settings || !sheets[i].grade.remark.empty()) continue;
            sheets[i].grade.remark = fmt::format("the same student's sheet as {}", sheets[j].grade.folder);
        }
    }
}

} // namespace keyhole::worksheet
