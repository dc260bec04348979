// keyhole worksheet: sheets of exercises for each student, solved, and graded.
#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/worksheet/grade.hpp"
#include "core/worksheet/sheet_files.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {
namespace {

constexpr const char* new_footer =
    R"(Writes worksheet.html (to print, on A4 or Letter), the tables as CSV with empty cells (to fill in with a spreadsheet) and
sheet.json. The numbers are made of the seed and the ID: keep the seed to yourself, solve and grade need it.

Example: keyhole worksheet new --kind sbox --student s1234567 --seed "autumn 7" --out s1234567)";
constexpr const char* solve_footer =
    R"(Writes page and tables filled in, in place of those that are there; what a student has filled in is kept under another name.
sheet.json comes with them: the solution can be graded.

Example: keyhole worksheet solve s1234567 --seed "autumn 7" --out solved)";
constexpr const char* grade_footer =
    R"(Prints a line a sheet, `ID: 43 of 48 (2 carried forward, 3 wrong, 2 empty)`, and the first wrong cell with its cause. A cell
that is right from the student's own earlier ones is carried forward and has its point. Tables may come as a spreadsheet saves them
(verify's forms). A sheet of another seed or ID, with an altered given cell, or with another one's answers is worth nothing.

Exit status: 0 graded, 2 a sheet could not be read, 3 a folder or file could not. Others are graded all the same.

Example: keyhole worksheet grade handed-in/* --seed "autumn 7" --csv points.csv)";

struct NewSheet {
    std::string kind, columns, out, student;
    std::optional<std::string> seed;
    unsigned fade = worksheet::most_faded;

    void run() const {
        worksheet::SheetSettings settings;
        settings.kind = chosen(worksheet::every_kind, "kind", kind);
        settings.student = student;
        settings.fade = fade;
        for (const std::string_view column : split(columns, ","))
            if (!trimmed(column).empty()) settings.columns.emplace_back(trimmed(column));
        const std::string used = seed ? checked_seed(*seed) : drawn_seed();
        const worksheet::Sheet sheet = worksheet::make_sheet(settings, used);
        worksheet::write_sheet(out, sheet, used);
        if (!seed) fmt::print(stderr, "keyhole: seed {} (keep it: solve and grade need it)\n", used);
        fmt::print("{}: {} to fill in\n", escape_controls(out), counted(sheet.blanks().size(), "cell"));
    }

  private:
    static std::string drawn_seed() {
        Random random = Random::system();
        return fmt::format("{:016x}", random.block());
    }
};

struct SolveSheet {
    std::string folder, seed, out;

    void run() const {
        checked_seed(seed);
        const worksheet::SheetFile file = worksheet::read_sheet_file(folder);
        const worksheet::Sheet sheet = worksheet::make_sheet(file.settings, seed);
        if (!worksheet::is_sealed(file, sheet, seed)) {
            throw Error(
                Failure::answer_no,
                fmt::format(
                    "{} was not made with this seed (or its sheet.json was altered; give the seed of `worksheet new`)",
                    escape_controls(folder)));
        }
        const std::string target = out.empty() ? folder : out;
        for (const std::string& kept : worksheet::write_solution(target, sheet, seed))
            fmt::print(stderr, "keyhole: what was filled in is kept as {}\n", escape_controls(kept));
        fmt::print("{}: {} filled in\n", escape_controls(target), counted(sheet.blanks().size(), "cell"));
    }
};

struct GradeSheets {
    std::vector<std::string> folders;
    std::string seed, csv;

    void run(int& status) const {
        checked_seed(seed);
        if (!csv.empty()) try_writing(csv);
        std::vector<worksheet::GradedSheet> sheets;
        for (const std::string& folder : folders) {
            try {
                sheets.push_back(worksheet::grade_sheet(folder, seed));
            } catch (const Error& error) {
                if (folders.size() == 1) throw;
                tell(fmt::format("keyhole: error: {}: {}\n", escape_controls(folder), error.what()));
                status = std::max(status, error.exit_status());
            }
        }
        worksheet::compare_sheets(sheets);
        for (const worksheet::GradedSheet& sheet : sheets) fmt::print("{}", worksheet::grade_text(sheet.grade));
        if (!csv.empty()) write_file(csv, worksheet::grades_csv(sheets));
    }
};

} // namespace

void add_worksheet(CLI::App& app, int& status) {
    CLI::App* sheets = app.add_subcommand("worksheet", "Make, solve and grade worksheets, one for each student");
    sheets->require_subcommand(1);
    sheets->footer("Example: keyhole worksheet new --kind round --student s1234567 --seed \"autumn 7\" --out s1234567");

    auto made = std::make_shared<NewSheet>();
    CLI::App* make = sheets->add_subcommand("new", "Write a sheet: a page to print, tables to fill in");
    make->add_option("--kind", made->kind, "sbox, round, schedule, block, modexp, handshake or message")->required();
    make->add_option("--student", made->student, "the student's ID; another ID, other numbers");
    make->add_option("--seed", made->seed, "makes the numbers, together with the ID; drawn and printed if left out");
    make->add_option("--blank", made->columns, "only these columns are blank, such as row,output");
    make->add_option("--fade", made->fade,
                     "0 a worked example, 1 and 2 more and more to fill in, 3 everything (3 if left out)")
        ->check(CLI::Range(0U, worksheet::most_faded).description("0 to 3"));
    make->add_option("--out", made->out, "the folder, which is created")->required()->check(names_something());
    make->footer(new_footer);
    make->callback([made] { made->run(); });

    auto solved = std::make_shared<SolveSheet>();
    CLI::App* solve = sheets->add_subcommand("solve", "Write a sheet's page and tables filled in");
    solve->add_option("DIR", solved->folder, "the folder of the sheet")->required();
    solve->add_option("--seed", solved->seed, "that of the sheet")->required();
    solve->add_option("--out", solved->out, "another folder for the solution (DIR if left out)")
        ->check(names_something());
    solve->footer(solve_footer);
    solve->callback([solved] { solved->run(); });

    auto graded = std::make_shared<GradeSheets>();
    CLI::App* grade = sheets->add_subcommand("grade", "Grade sheets that were handed in");
    grade->add_option("DIR", graded->folders, "the folders of the sheets")->required();
    grade->add_option("--seed", graded->seed, "that of the sheets")->required();
    grade->add_option("--csv", graded->csv, "write the grades as a table, a row a sheet")->check(names_something());
    grade->footer(grade_footer);
    grade->callback([graded, &status] { graded->run(status); });
}

} // namespace keyhole::cli
