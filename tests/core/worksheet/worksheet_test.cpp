// Sheets: the same for the same seed and ID, solved they have every point, one slip costs one, and nobody else's
// answers count.
#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "core/base/file.hpp"
#include "core/csv/csv_reader.hpp"
#include "core/verify/verify.hpp"
#include "core/worksheet/grade.hpp"
#include "core/worksheet/sheet_files.hpp"
#include "core/worksheet/sheet_numbers.hpp"
#include "core/worksheet/sheet_page.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/refusal.hpp"

using namespace keyhole;
using namespace keyhole::worksheet;
using keyhole::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view seed = "autumn 7";

Sheet sheet_of(SheetKind kind, const std::string& student = "s1", unsigned fade = most_faded,
               std::vector<std::string> columns = {}) {
    return make_sheet({.kind = kind, .student = student, .fade = fade, .columns = std::move(columns)}, seed);
}

// What a student writes: cells of the solved sheet, some of them others.
using Answers = std::map<CellId, std::string>;

// The tables with these answers in place of the right ones.
void hand_in(const fs::path& folder, const Sheet& sheet, const Answers& answers = {}) {
    fs::create_directories(folder);
    write_file(folder / "sheet.json", sheet_json(sheet, seed));
    Sheet written = sheet;
    for (const auto& [id, text] : answers) written.cells[id].text = text;
    for (const SheetTable& table : written.tables) write_file(folder / table.file, table_csv(written, table, true));
}

SheetGrade grade_of(const fs::path& folder) { return grade_sheet(folder, seed).grade; }

// Another value of the cell.
std::string slipped(const SheetCell& cell) {
    if (cell.form == Form::action) return cell.value == 0 ? "multiply" : "square";
    const bool small = cell.form == Form::column && verify::number_kind(cell.format).own == verify::Base::decimal;
    Number other = cell.value ^ Number(0x15);
    if (small || cell.form == Form::number) other = cell.value == 0 ? Number(1) : Number(cell.value - 1);
    return cell_text(cell, other);
}

// The whole sheet done again after that slip: each later cell from the student's own earlier ones.
Answers after_slip(const Sheet& sheet, CellId slip) {
    std::map<CellId, Number> own;
    Answers out;
    for (const CellId id : sheet.computed) {
        const SheetCell& cell = sheet.cells[id];
        Number value = cell.value;
        if (id == slip) {
            out[id] = slipped(cell);
            value = cell.form == Form::action ? Number(1 - cell.value) : Number(out[id], 0);
        } else if (!cell.ways.empty()) {
            std::vector<Number> operands;
            for (const CellId from : cell.ways.front().from)
                operands.push_back(own.contains(from) ? own.at(from) : sheet.cells[from].value);
            value = cell.ways.front().make(operands);
            out[id] = cell_text(cell, value);
        }
        own[id] = value;
    }
    return out;
}

} // namespace

TEST_CASE("HMAC-SHA-256 is that of RFC 4231", "[worksheet]") {
    const Digest made = hmac_sha256("Jefe", "what do ya want for nothing?");
    CHECK(to_hex(made) == "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843");
    CHECK(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
          "B0344C61D8DB38535CA8AFCEAF0BF12B881DC200C9833DA726E9376C2E32CFF7");
}

TEST_CASE("Numbers below a bound come about equally often", "[worksheet]") {
    SheetNumbers numbers(seed, "s1", "sbox");
    std::array<int, 10> counts{};
    for (int i = 0; i < 10000; ++i) ++counts.at(numbers.below(10));
    for (const int count : counts) CHECK((count > 850 && count < 1150));
}

TEST_CASE("The same seed and ID make the same sheet, any other makes other numbers", "[worksheet]") {
    for (const SheetKind kind : every_kind) {
        CAPTURE(name(kind));
        const auto all = [&](const Sheet& sheet) {
            std::string out = sheet_page(sheet, false) + sheet_json(sheet, seed);
            for (const SheetTable& table : sheet.tables) out += table_csv(sheet, table, true);
            return out;
        };
        CHECK(all(sheet_of(kind)) == all(sheet_of(kind)));
        const Sheet mine = sheet_of(kind), other = sheet_of(kind, "s2"), later = make_sheet(mine.settings, "spring");
        for (const Sheet* sheet : {&other, &later}) {
            std::size_t same = 0, count = 0;
            for (const CellId id : mine.blanks()) {
                if (id >= sheet->cells.size() || mine.cells[id].form == Form::action) continue;
                const verify::NumberKind kind_of = verify::number_kind(mine.cells[id].format);
                if (mine.cells[id].form == Form::column && kind_of.own == verify::Base::decimal) continue;
                ++count;
                same += mine.cells[id].value == sheet->cells[id].value ? 1 : 0;
            }
            CHECK(10 * same <= 2 * count);
        }
    }
}

TEST_CASE("Every cell of a sheet follows from the others as its ways say, and no page has the answers", "[worksheet]") {
    for (const SheetKind kind : every_kind) {
        CAPTURE(name(kind));
        const Sheet sheet = sheet_of(kind);
        CHECK(sheet.blanks() == sheet.computed);
        const auto value = [&](CellId id) { return sheet.cells[id].value; };
        for (const CellId id : sheet.computed) {
            const SheetCell& cell = sheet.cells[id];
            CAPTURE(sheet.place(id));
            for (const Way& way : cell.ways) {
                std::vector<Number> operands;
                for (const CellId from : way.from) operands.push_back(value(from));
                CHECK(way.make(operands) == cell.value);
            }
            if (cell.causes) CHECK(cell.causes(value, cell.value).size() < 12); // does not throw
        }
        const std::string page = sheet_page(sheet, false), solved = sheet_page(sheet, true),
                          json = sheet_json(sheet, seed);
        std::size_t in_solution = 0;
        for (const CellId id : sheet.blanks()) {
            const std::string& text = sheet.cells[id].text;
            if (text.size() < 9 || text == sheet.cells[id == 0 ? 0 : id - 1].text) continue;
            bool is_given = false;
            for (const SheetCell& cell : sheet.cells) is_given = is_given || (!cell.blank && cell.text == text);
            if (is_given) continue;
            CHECK(page.find(text) == std::string::npos);
            CHECK(json.find(text) == std::string::npos);
            in_solution += solved.find(text) != std::string::npos ? 1 : 0;
        }
        if (kind != SheetKind::sbox && kind != SheetKind::modexp) CHECK(in_solution > 0);
        CHECK(json.find(seed) == std::string::npos);
    }
}

TEST_CASE("A solved sheet has every point and verifies; an empty one has none", "[worksheet][grade]") {
    for (const SheetKind kind : every_kind) {
        for (unsigned fade = 0; fade <= most_faded; ++fade) {
            CAPTURE(name(kind), fade);
            const TemporaryFolder folder;
            const Sheet sheet = sheet_of(kind, "s1", fade);
            const std::size_t count = sheet.blanks().size();
            CHECK(count == (sheet.computed.size() * fade + 2) / 3);
            write_sheet(folder.path(), sheet, seed);
            const SheetGrade before = grade_of(folder.path());
            CHECK((before.points() == 0 && before.empty == count && before.of == count && before.nothing.empty()));
            CHECK(write_solution(folder.path(), sheet, seed).empty());
            const TemporaryFolder apart; // solved elsewhere, it can be graded there
            CHECK(write_solution(apart.path(), sheet, seed).empty());
            CHECK(grade_of(apart.path()).points() == count);
            const SheetGrade after = grade_of(folder.path());
            CAPTURE(grade_text(after));
            CHECK((after.points() == count && after.right == count));
            const verify::Report report = verify::check(folder.path());
            if (report.wrong) FAIL_CHECK(report.wrong->text());
        }
    }
}

TEST_CASE("One slip costs exactly one point though everything after it changes", "[worksheet][grade]") {
    for (const SheetKind kind : every_kind) {
        const Sheet sheet = sheet_of(kind);
        const std::size_t step = kind == SheetKind::block ? 7 : 1;
        std::size_t carried = 0;
        for (std::size_t i = 0; i < sheet.computed.size(); i += step) {
            const CellId slip = sheet.computed[i];
            CAPTURE(sheet.place(slip));
            const TemporaryFolder folder;
            hand_in(folder.path(), sheet, after_slip(sheet, slip));
            const SheetGrade grade = grade_of(folder.path());
            CAPTURE(grade_text(grade));
            CHECK(grade.nothing.empty());
            CHECK((grade.wrong == 1 && grade.empty == 0 && grade.points() + 1 == grade.of));
            CHECK(grade.first_wrong.find(slipped(sheet.cells[slip])) != std::string::npos);
            carried += grade.carried;
        }
        CHECK(carried > 0);
    }
}

TEST_CASE("Empty cells are skipped over: what follows counts as if they had been right", "[worksheet][grade]") {
    const TemporaryFolder folder;
    const Sheet sheet = sheet_of(SheetKind::round);
    Answers answers;
    for (const CellId id : sheet.computed) {
        if (sheet.column_name(sheet.cells[id]) != "right_out") answers[id] = "";
    }
    hand_in(folder.path(), sheet, answers);
    const SheetGrade grade = grade_of(folder.path());
    CHECK((grade.right == 1 && grade.empty + 1 == grade.of && grade.wrong == 0));
}

TEST_CASE("Another seed, another ID, an altered cell and a neighbour's table are said and worth nothing",
          "[worksheet][grade]") {
    for (const SheetKind kind : every_kind) {
        CAPTURE(name(kind));
        const TemporaryFolder mine, theirs;
        const Sheet sheet = sheet_of(kind, "s1"), neighbour = sheet_of(kind, "s2");
        hand_in(mine.path(), sheet);
        hand_in(theirs.path(), neighbour);
        CHECK(grade_sheet(mine.path(), "another").grade.nothing.find("another seed") != std::string::npos);
        // The neighbour's tables under one's own ID.
        for (const SheetTable& table : sheet.tables)
            write_file(mine.path() / table.file, read_file(theirs.path() / table.file, longest_table));
        const SheetGrade copied = grade_of(mine.path());
        CHECK((copied.points() == 0 && copied.nothing.find("another student's") != std::string::npos));
        CHECK(grade_text(copied).starts_with(fmt::format("s1: 0 of {}: ", copied.of)));
        // The neighbour's whole sheet with one's own ID written into it.
        std::string json = read_file(theirs.path() / "sheet.json", 1 << 20);
        json.replace(json.find("\"s2\""), 4, "\"s1\"");
        write_file(theirs.path() / "sheet.json", json);
        CHECK(grade_of(theirs.path()).points() == 0);
        // Every given cell, altered one at a time.
        for (CellId id = 0; id < sheet.cells.size(); ++id) {
            const SheetCell& cell = sheet.cells[id];
            const bool value = cell.column >= sheet.tables[cell.table].positions && !cell.text.empty();
            if (cell.blank || !value || cell.form == Form::text) continue;
            hand_in(mine.path(), sheet, {{id, slipped(cell)}});
            const SheetGrade altered = grade_of(mine.path());
            CAPTURE(sheet.place(id));
            CHECK((altered.points() == 0 && altered.nothing.find(sheet.column_name(cell)) != std::string::npos));
        }
    }
}

TEST_CASE("Fewer blanks in sheet.json than were given are worth nothing", "[worksheet][grade]") {
    const TemporaryFolder folder;
    const Sheet sheet = sheet_of(SheetKind::sbox, "s1", 3), worked = sheet_of(SheetKind::sbox, "s1", 0);
    hand_in(folder.path(), sheet);
    std::string json = sheet_json(worked, seed);
    CHECK(grade_of(folder.path()).points() == 48);
    std::string seal = sheet_json(sheet, seed);
    seal = seal.substr(seal.find("\"seal\""));
    write_file(folder.path() / "sheet.json", json.substr(0, json.find("\"seal\"")) + seal);
    CHECK(grade_of(folder.path()).nothing.find("sheet.json was altered") != std::string::npos);
}

TEST_CASE("A neighbour's answers in one's own table are found among the sheets of a class", "[worksheet][grade]") {
    for (const SheetKind kind :
         {SheetKind::sbox, SheetKind::schedule, SheetKind::round, SheetKind::block, SheetKind::message}) {
        CAPTURE(name(kind));
        const TemporaryFolder folder;
        const Sheet sheet = sheet_of(kind, "s1"), neighbour = sheet_of(kind, "s2"), third = sheet_of(kind, "s3");
        Answers answers;
        for (const CellId id : sheet.computed) answers[id] = neighbour.cells[id].text;
        hand_in(folder.path() / "1", sheet, answers);
        hand_in(folder.path() / "2", neighbour);
        hand_in(folder.path() / "3", third);
        std::vector<GradedSheet> sheets;
        for (const char* one : {"1", "2", "3"}) sheets.push_back(grade_sheet(folder.path() / one, seed));
        compare_sheets(sheets);
        CHECK(sheets[0].grade.points() == 0);
        CHECK(sheets[0].grade.nothing == "the answers are those of s2's sheet");
        CHECK((sheets[1].grade.points() == sheets[1].grade.of && sheets[2].grade.points() == sheets[2].grade.of));
    }
}

TEST_CASE("Causes are named as verify names them, with how often", "[worksheet][grade]") {
    const TemporaryFolder folder;
    const Sheet sheet = sheet_of(SheetKind::sbox);
    Answers answers;
    std::size_t slips = 0;
    for (const CellId id : sheet.computed) {
        const SheetCell& cell = sheet.cells[id];
        if (sheet.column_name(cell) != "row") continue;
        const std::uint64_t input = sheet.cells[id - 1].value.get_ui(), first_two = input >> 4;
        if (first_two == cell.value) continue;
        ++slips;
        answers[id] = fmt::to_string(first_two);
    }
    hand_in(folder.path(), sheet, answers);
    const SheetGrade grade = grade_of(folder.path());
    CHECK(grade.wrong >= slips); // and outputs that were looked up in the right rows are right
    CHECK(grade.cause.starts_with("the first two bits chose the row, "));
    CHECK(slips > 3);

    const auto cause_of = [&](SheetKind kind, const std::string& column, std::size_t nth, const auto& make) {
        const Sheet one = sheet_of(kind);
        std::vector<CellId> ids;
        for (const CellId id : one.computed) {
            if (one.column_name(one.cells[id]) == column) ids.push_back(id);
        }
        hand_in(folder.path(), one, {{ids.at(nth), make(one, ids.at(nth))}});
        return grade_of(folder.path()).cause;
    };
    const auto text = [](const Sheet& one, CellId id, const Number& value) { return cell_text(one.cells[id], value); };
    CHECK(cause_of(SheetKind::schedule, "c", 4, [&](const Sheet& one, CellId id) {
              const SheetTable& table = one.tables[0];
              return one.cells[table.rows[one.cells[id].row - 1][one.cells[id].column]].text;
          }) == "it is that of the round before");
    CHECK(cause_of(SheetKind::round, "mixed", 0, [&](const Sheet& one, CellId id) {
              return text(one, id, one.cells[one.cells[id].ways[0].from[0]].value);
          }) == "the XOR with the subkey was left out");
    CHECK(cause_of(SheetKind::handshake, "value", 6, [&](const Sheet& one, CellId id) {
              return text(one, id, one.cells[id].value); // right: no cause
          }).empty());
    CHECK(cause_of(SheetKind::block, "preoutput", 0, [&](const Sheet& one, CellId id) {
              const std::uint64_t right = one.cells[id].value.get_ui();
              return text(one, id, Number(static_cast<unsigned long>(right << 32 | right >> 32)));
          }) == "the halves were not swapped after round 16");
}

TEST_CASE("Only the columns that are named are blank", "[worksheet]") {
    const Sheet sheet = sheet_of(SheetKind::sbox, "s1", 3, {"Output"});
    CHECK(sheet.blanks().size() == 16);
    for (const CellId id : sheet.blanks()) CHECK(sheet.column_name(sheet.cells[id]) == "output");
    CHECK(testing::refusal_of([] { sheet_of(SheetKind::sbox, "s1", 3, {"outptu"}); }).find("did you mean output?") !=
          std::string::npos);
    CHECK_FALSE(testing::refusal_of([] { sheet_of(SheetKind::sbox, "s1", 3, {"input"}); }).empty()); // always given
    CHECK_FALSE(testing::refusal_of([] { sheet_of(SheetKind::sbox, "s1", 4); }).empty());
    CHECK_FALSE(testing::refusal_of([] { sheet_of(SheetKind::sbox, std::string(65, 'x')); }).empty());
    CHECK_FALSE(testing::refusal_of([] { sheet_of(SheetKind::sbox, "a\nb"); }).empty());
    CHECK_FALSE(testing::refusal_of([] { sheet_of(SheetKind::sbox, "a\xFF"); }).empty());
}

TEST_CASE("What was filled in is never lost", "[worksheet]") {
    const TemporaryFolder folder;
    const Sheet sheet = sheet_of(SheetKind::modexp);
    write_sheet(folder.path(), sheet, seed);
    write_sheet(folder.path(), sheet, seed); // nothing is filled in yet
    Answers answers;
    for (const CellId id : sheet.computed) answers[id] = "";
    answers[sheet.computed.back()] = "77";
    hand_in(folder.path(), sheet, answers);
    const std::string mine = read_file(folder.path() / "modexp.csv", longest_table);
    CHECK(testing::refusal_of([&] { write_sheet(folder.path(), sheet, seed); }).find("filled in") != std::string::npos);
    CHECK(write_solution(folder.path(), sheet, seed) == std::vector<std::string>{"modexp.handed-in.csv"});
    CHECK(read_file(folder.path() / "modexp.handed-in.csv", longest_table) == mine);
    hand_in(folder.path(), sheet, answers);
    CHECK(write_solution(folder.path(), sheet, seed) == std::vector<std::string>{"modexp.handed-in.2.csv"});
}
