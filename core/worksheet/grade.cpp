#include "core/worksheet/grade.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv_exchange.hpp"
#include "core/csv/csv_field.hpp"
#include "core/worksheet/sheet_files.hpp"

namespace keyhole::worksheet {
namespace {

namespace fs = std::filesystem;

// What each cell is taken for: what is given, else what the student wrote, else what follows from that.
class Values {
  public:
    Values(const Sheet& sheet, const std::map<CellId, HandedCell>& handed) : sheet_(sheet), handed_(handed) {}

    Number operator()(CellId id) {
        if (const auto known = known_.find(id); known != known_.end()) return known->second;
        const SheetCell& cell = sheet_.cells[id];
        const auto typed = handed_.find(id);
        Number value = cell.value;
        if (cell.blank && typed != handed_.end() && typed->second.value)
            value = *typed->second.value;
        else if (cell.blank && !cell.ways.empty())
            value = made(cell.ways.front());
        return known_.emplace(id, value).first->second;
    }

    Number made(const Way& way) {
        std::vector<Number> operands;
        for (const CellId id : way.from) operands.push_back((*this)(id));
        return way.make(operands);
    }

  private:
    const Sheet& sheet_;
    const std::map<CellId, HandedCell>& handed_;
    std::map<CellId, Number> known_;
};

Mark mark_of(const SheetCell& cell, const HandedCell* typed, Values& values) {
    if (typed == nullptr || typed->text.empty()) return Mark::empty;
    if (!typed->value) return Mark::wrong;
    if (*typed->value == cell.value) return Mark::right;
    const bool follows =
        std::ranges::any_of(cell.ways, [&](const Way& way) { return values.made(way) == *typed->value; });
    return follows ? Mark::carried : Mark::wrong;
}

struct WrongCells {
    std::vector<CellId> ids;
    std::map<CellId, verify::Causes> causes;
};

// "once" is not said.
std::string times(std::size_t count) {
    constexpr std::array words = {"",
                                  "",
                                  ", twice",
                                  ", three times",
                                  ", four times",
                                  ", five times",
                                  ", six times",
                                  ", seven times",
                                  ", eight times",
                                  ", nine times",
                                  ", ten times",
                                  ", eleven times",
                                  ", twelve times"};
    return count < words.size() ? std::string(words[count]) : fmt::format(", {} times", count);
}

// Four bits may fit a slip by chance.
std::size_t fewest_times(const Sheet& sheet, CellId id) {
    const SheetCell& cell = sheet.cells[id];
    return cell.format == verify::Format::bits4 && sheet.column_name(cell) == "output" ? 2 : 1;
}

// Of the slips that explain the first wrong cell the one that explains most of the others, too.
std::string cause_of_first(const Sheet& sheet, const WrongCells& wrong) {
    const CellId first = wrong.ids.front();
    const auto causes = wrong.causes.find(first);
    if (causes == wrong.causes.end()) return {};
    std::string best;
    std::size_t most = 0;
    for (const std::string& words : causes->second) {
        std::size_t count = 0;
        for (const auto& [id, others] : wrong.causes) {
            const bool same_column = sheet.column_name(sheet.cells[id]) == sheet.column_name(sheet.cells[first]);
            if (same_column && std::ranges::find(others, words) != others.end()) ++count;
        }
        if (count > most) {
            best = words;
            most = count;
        }
    }
    return most >= fewest_times(sheet, first) ? best + times(most) : "";
}

std::string wrong_words(const Sheet& sheet, CellId id, const HandedCell& typed, Values& values) {
    const SheetCell& cell = sheet.cells[id];
    const Number expected = cell.ways.empty() ? cell.value : values.made(cell.ways.front());
    return fmt::format("{}:{}: {} is {}, expected {}{}", sheet.tables[cell.table].file, typed.line,
                       sheet.column_name(cell), excerpt(typed.text, verify::longest_quoted), cell_text(cell, expected),
                       cell.where.empty() ? "" : " (" + cell.where + ")");
}

// The first given cell that is not what this student was given, in words.
std::string altered(const Sheet& sheet, const std::map<CellId, HandedCell>& handed) {
    for (CellId id = 0; id < sheet.cells.size(); ++id) {
        const SheetCell& cell = sheet.cells[id];
        const SheetTable& table = sheet.tables[cell.table];
        if (cell.blank || cell.column < table.positions || cell.text.empty()) continue;
        const auto typed = handed.find(id);
        if (typed == handed.end())
            return fmt::format("{} lacks {}, which was given as {}{}", table.file, sheet.column_name(cell), cell.text,
                               cell.where.empty() ? "" : " (" + cell.where + ")");
        if (typed->second.value != cell.value)
            return fmt::format(
                "{}:{}: {} is {}, but was given as {}{}", table.file, typed->second.line, sheet.column_name(cell),
                typed->second.text.empty() ? "empty" : excerpt(typed->second.text, verify::longest_quoted), cell.text,
                cell.where.empty() ? "" : " (" + cell.where + ")");
    }
    return {};
}

void mark_all(GradedSheet& out) {
    const Sheet& sheet = out.sheet;
    SheetGrade& grade = out.grade;
    Values values(sheet, out.handed);
    WrongCells wrong;
    for (const CellId id : sheet.blanks()) {
        const SheetCell& cell = sheet.cells[id];
        const auto found = out.handed.find(id);
        const HandedCell* typed = found == out.handed.end() ? nullptr : &found->second;
        switch (mark_of(cell, typed, values)) {
            case Mark::right: ++grade.right; break;
            case Mark::carried: ++grade.carried; break;
            case Mark::empty: ++grade.empty; break;
            case Mark::wrong:
                ++grade.wrong;
                wrong.ids.push_back(id);
                if (cell.causes && typed->value)
                    wrong.causes[id] = cell.causes([&](CellId other) { return values(other); }, *typed->value);
                break;
        }
    }
    if (wrong.ids.empty()) return;
    const CellId first = wrong.ids.front();
    const HandedCell& typed = out.handed.at(first);
    grade.first_wrong = wrong_words(sheet, first, typed, values);
    grade.cause = typed.value                        ? cause_of_first(sheet, wrong)
                  : verify::has_exponent(typed.text) ? verify::rounded_words
                                                     : "it is no value of this column";
}

void check_folder(const fs::path& folder) {
    std::error_code code;
    if (!fs::is_directory(folder, code))
        throw io_error(fmt::format("cannot read {} ({}; name the folder of a sheet)", shown(folder),
                                   code ? code.message() : "it is no folder"));
}

} // namespace

GradedSheet grade_sheet(const fs::path& folder, std::string_view seed) {
    check_folder(folder);
    const SheetFile file = read_sheet_file(folder);
    GradedSheet out;
    out.grade.folder = folder.string();
    out.grade.settings = file.settings;
    out.sheet = make_sheet(file.settings, seed);
    out.grade.of = out.sheet.blanks().size();
    if (!is_sealed(file, out.sheet, seed)) {
        out.grade.nothing = "the sheet was made with another seed or for another ID, or its sheet.json was altered";
        return out;
    }
    std::size_t other_rows = 0;
    for (std::size_t i = 0; i < out.sheet.tables.size(); ++i) {
        HandedIn table = read_handed_in(folder, out.sheet, i);
        other_rows += table.other_rows;
        out.handed.merge(table.cells);
    }
    if (other_rows > 0) out.grade.remark = fmt::format("{} not of the sheet left out", counted(other_rows, "row"));
    if (const std::string why = altered(out.sheet, out.handed); !why.empty()) {
        out.grade.nothing = why + ": a given cell was altered, or the table is another student's";
        return out;
    }
    mark_all(out);
    return out;
}

std::string grade_text(const SheetGrade& grade) {
    const std::string id = grade.settings.student.empty() ? "(no ID)" : grade.settings.student;
    if (!grade.nothing.empty()) return fmt::format("{}: 0 of {}: {}\n", id, grade.of, grade.nothing);
    std::string out = fmt::format("{}: {} of {} ({} carried forward, {} wrong, {} empty)\n", id, grade.points(),
                                  grade.of, grade.carried, grade.wrong, grade.empty);
    if (!grade.first_wrong.empty())
        out += fmt::format("  {}{}\n", grade.first_wrong, grade.cause.empty() ? "" : ": " + grade.cause);
    if (!grade.remark.empty()) out += fmt::format("  {}\n", grade.remark);
    return out;
}

std::string grades_csv(const std::vector<GradedSheet>& sheets) {
    const auto cell = [](std::string_view text) { return csv::field(guarded(escape_controls(text))); };
    std::string out = "student,kind,points,of,right,carried_forward,wrong,empty,first_wrong,cause,remark,folder\r\n";
    for (const GradedSheet& sheet : sheets) {
        const SheetGrade& g = sheet.grade;
        const bool graded = g.nothing.empty();
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", cell(g.settings.student), name(g.settings.kind),
                           g.points(), g.of, graded ? g.right : 0, graded ? g.carried : 0, graded ? g.wrong : 0,
                           graded ? g.empty : 0, cell(graded ? g.first_wrong : ""), cell(graded ? g.cause : ""),
                           cell(graded ? g.remark : g.nothing), cell(g.folder));
    }
    return out;
}

} // namespace keyhole::worksheet
