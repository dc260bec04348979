// `keyhole verify`: checks CSV files and names the first wrong cell.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "core/base/words.hpp"
#include "core/verify/verify.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {
namespace {

constexpr const char* footer =
    R"(Checks what is there of blocks.csv, rounds.csv, sboxes.csv, keyschedule.csv, modexp.csv and exchange.csv: each row in
itself, the rows against each other, and the files against each other. Files may be hand-made or saved by a spreadsheet:
semicolons or tabs, UTF-16, any order and case of columns, fewer columns, files and rounds. Prints the wrong cell itself,
not what follows from it, and how its value came about where that can be told; where the files do not tell which of some
cells is wrong, it names them all. What was not read is listed. A file variant.txt beside them names a variant of DES,
as --variant takes it, and then the tables are checked by that. A file alone may have any name: its columns say which
table it is.

Exit status: 0 verified, 1 a cell is wrong, 2 no trace or no CSV, 3 nothing can be read there.

Example:
  keyhole trace des --key 133457799BBCDFF1 --text "Hello" --csv hello && keyhole verify hello)";

void print(const verify::CheckedFile& file) {
    fmt::print("{}: {}", file.name, counted(file.rows, "row"));
    if (file.unknown > 0) fmt::print(", {} not checked: nothing here tells what they should be", file.unknown);
    if (!file.note.empty()) fmt::print(" ({})", file.note);
    if (!file.without.empty()) fmt::print(", without {}", fmt::join(file.without, ", "));
    if (!file.ignored.empty()) fmt::print(", not read: {}", fmt::join(file.ignored, ", "));
    fmt::print("\n");
}

void run(const std::string& path, int& status) {
    const verify::Report report = verify::check(path);
    say_variant(report.variant);
    status = report.wrong ? 1 : 0;
    if (report.wrong) fmt::print("{}\n", report.wrong->text());
    for (const verify::CheckedFile& file : report.files) print(file);
    if (!report.not_read.empty()) fmt::print("not read: {}\n", fmt::join(report.not_read, ", "));
    const bool whole =
        std::ranges::all_of(report.files, [](const verify::CheckedFile& file) { return file.unknown == 0; });
    if (!report.wrong) fmt::print("{}\n", whole ? "verified" : "verified as far as it was checked");
}

} // namespace

void add_verify(CLI::App& app, int& status) {
    CLI::App* command = app.add_subcommand("verify", "Check an exported or hand-made trace, name the wrong cell");
    command->footer(footer);
    const auto path = std::make_shared<std::string>();
    command->add_option("PATH", *path, "A folder with CSV files, or one file alone, of any name")
        ->check(names_something())
        ->required();
    command->callback([path, &status] { run(*path, status); });
}

} // namespace keyhole::cli
