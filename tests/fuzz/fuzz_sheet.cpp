// Anything handed in as the table of a worksheet: it is graded or refused in one clean line, has no more points than
// cells, and full points only with the right values.
#include <array>

#include "core/worksheet/grade.hpp"
#include "core/worksheet/sheet_files.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;
using namespace keyhole::worksheet;

constexpr std::string_view seed = "fuzz";

struct Handed {
    explicit Handed(SheetKind kind) : sheet(make_sheet({.kind = kind, .student = "s1"}, seed)) {
        write_sheet(folder.path(), sheet, seed);
        write_solution(folder.path(), sheet, seed);
    }
    keyhole::testing::TemporaryFolder folder;
    Sheet sheet;
};

const Handed& of_kind(std::size_t kind) {
    static std::array<std::unique_ptr<Handed>, every_kind.size()> all;
    if (!all[kind]) all[kind] = std::make_unique<Handed>(every_kind[kind]);
    return *all[kind];
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider in(data, size);
    const Handed& handed = of_kind(in.ConsumeIntegralInRange<std::size_t>(0, every_kind.size() - 1));
    const SheetTable& table = handed.sheet.tables.front();
    std::string text = table_csv(handed.sheet, table, true);
    const std::string right = text;
    // A piece of the solved table gives way to anything.
    const auto from = in.ConsumeIntegralInRange<std::size_t>(0, text.size());
    const auto length = in.ConsumeIntegralInRange<std::size_t>(0, text.size() - from);
    text.replace(from, length, in.ConsumeRemainingBytesAsString());
    keyhole::testing::write_text(handed.folder.path() / table.file, text);
    accepted([&] {
        std::vector<GradedSheet> sheets;
        sheets.push_back(grade_sheet(handed.folder.path(), seed));
        compare_sheets(sheets);
        const SheetGrade& grade = sheets.front().grade;
        hold(grade.of == handed.sheet.blanks().size(), "every blank counts");
        if (grade.nothing.empty())
            hold(grade.right + grade.carried + grade.wrong + grade.empty == grade.of, "every blank is marked once");
        if (text == right) hold(grade.points() == grade.of, "the solution has all points");
        std::string words = grade_text(grade);
        for (std::size_t end = words.find('\n'); end != std::string::npos; end = words.find('\n')) {
            hold_clean(words.substr(0, end));
            words.erase(0, end + 1);
        }
        hold(grades_csv(sheets).find('\x1B') == std::string::npos, "the grades move no cursor");
    });
    return 0;
}
