// The trace table: the same cells in the same order as the CSV files, found by arithmetic, and every row's way back.
#include <fmt/format.h>

#include <filesystem>
#include <sstream>

#include "core/base/error.hpp"
#include "core/csv/csv.hpp"
#include "core/steps/address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/pages/table/table_layout.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::viz;
using keyhole::testing::read_text;
using keyhole::testing::TemporaryFolder;
using keyhole::viz::testing::NullWindow;

namespace {

constexpr std::array all_files = {TableFile::rounds, TableFile::blocks, TableFile::sboxes, TableFile::keyschedule,
                                  TableFile::modexp};

std::vector<std::string> lines_of(const fs::path& path) {
    std::vector<std::string> lines;
    std::istringstream text(read_text(path));
    for (std::string line; std::getline(text, line);) {
        if (line.ends_with('\r')) line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

std::string joined(const TableRow& row) { return fmt::format("{}", fmt::join(row.cells, ",")); }

std::vector<std::string> rows_of(const TraceTable& table) {
    std::vector<std::string> rows;
    for (std::uint64_t i = 0; i < table.row_count(); ++i) rows.push_back(joined(table.row(i)));
    return rows;
}

// Presses the keys one frame each; the text of these frames without spaces.
std::string squeezed_keys(NullWindow& window, const std::vector<KeyPress>& keys) {
    std::string text;
    for (const KeyPress& key : keys) {
        window.app.press(key);
        text += NullWindow::squeezed(window.frame());
    }
    return text + NullWindow::squeezed(window.frame());
}

} // namespace

TEST_CASE("The trace table has the cells of every CSV file in the same order", "[viz][table]") {
    for (const Recording& recording : samples::all()) {
        const TemporaryFolder folder;
        write_csv(recording, folder.path());
        const Trace trace(recording);
        for (const TableFile file : all_files) {
            const TraceTable table(trace, file);
            const fs::path path = folder.path() / name(file);
            INFO(name(file));
            if (!fs::exists(path)) {
                CHECK(table.row_count() == 0);
                continue;
            }
            std::vector<std::string> lines = lines_of(path);
            CHECK(lines.front() == header(file));
            lines.erase(lines.begin());
            CHECK(rows_of(table) == lines);
            CHECK(count_rows(trace, file) == lines.size());
        }
    }
}

TEST_CASE("Every row of the trace table leads to a step and the step back to the row", "[viz][table]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        for (const TableFile file : all_files) {
            const TraceTable table(trace, file);
            for (std::uint64_t i = 0; i < table.row_count(); ++i) {
                const TableRow row = table.row(i);
                INFO(name(file) << " " << joined(row) << " " << address(row.node));
                REQUIRE(trace.tree().contains(row.node));
                CHECK(mark_of(row.node, row.node) == RowMark::here);
                const auto found = table.find(row.node);
                REQUIRE(found);
                // Square and multiply are one step, and a key schedule may serve several messages.
                CHECK(*found <= i);
                CHECK(table.row(*found).node == row.node);
                for (std::size_t column = 0; column < row.cells.size(); ++column)
                    CHECK(row.cells[column].size() <= table.columns()[column].width);
            }
        }
    }
}

TEST_CASE("The current step's row is the one that it is a part of, or the first of its parts", "[viz][table]") {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    const TraceTable rounds(trace, TableFile::rounds);
    const auto row_at = [&](const TraceTable& table, const char* where) {
        const auto found = table.find(trace.tree().at(where));
        REQUIRE(found);
        return address(table.row(*found).node);
    };
    CHECK(row_at(rounds, "message.1/encrypt/block.2/round.5/sbox.3") == "message.1/encrypt/block.2/round.5");
    CHECK(row_at(rounds, "message.2/decrypt/block.3") == "message.2/decrypt/block.3/round.1");
    CHECK(row_at(rounds, "message.2") == "message.2/encrypt/block.1/round.1");
    CHECK(row_at(TraceTable(trace, TableFile::blocks), "message.1/decrypt/block.2/fp") == "message.1/decrypt/block.2");
    CHECK(row_at(TraceTable(trace, TableFile::modexp), "secret") == "secret/server.shared/bit.1");
    CHECK(row_at(TraceTable(trace, TableFile::keyschedule), "secret/client.schedule/round.4") ==
          "secret/client.schedule/round.4");
    for (const char* where : {"connect", "message.1/frame", "keys/client.public/bit.2"})
        CHECK_FALSE(rounds.find(trace.tree().at(where)));
    const TraceTable fifth(trace, TableFile::rounds, parse_filter(TableFile::rounds, "round=5"));
    CHECK_FALSE(fifth.find(trace.tree().at("message.1/encrypt/block.2/round.6")));
    CHECK(row_at(fifth, "message.1/encrypt/block.2/ip") == "message.1/encrypt/block.2/round.5");
    const Node round = trace.tree().at("message.1/encrypt/block.2/round.5");
    CHECK(mark_of(round, round.child({.kind = Kind::mix})) == RowMark::here);
    CHECK(mark_of(round, round.parent()) == RowMark::part);
    CHECK(mark_of(round, trace.tree().at("message.1/encrypt/block.2/round.6")) == RowMark::none);
}

TEST_CASE("A filter of the trace table holds the rows whose cells fit and no others", "[viz][table]") {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    struct Case {
        TableFile file;
        const char* text;
        std::function<bool(const std::vector<std::string>&)> fits;
    };
    const auto number = [](const std::string& cell) { return std::stoull(cell); };
    const std::vector<Case> cases = {
        {TableFile::rounds, "", [](const auto&) { return true; }},
        {TableFile::rounds, "message=2 round=5", [](const auto& c) { return c[0] == "2" && c[3] == "5"; }},
        {TableFile::rounds, "block=2..3, stage=decrypt",
         [&](const auto& c) { return c[1] == "decrypt" && number(c[2]) >= 2 && number(c[2]) <= 3; }},
        {TableFile::rounds, "block=3..", [&](const auto& c) { return number(c[2]) >= 3; }},
        {TableFile::rounds, "round=..4 round=3..", [&](const auto& c) { return c[3] == "3" || c[3] == "4"; }},
        {TableFile::rounds, "round=17", [](const auto&) { return false; }},
        {TableFile::rounds, "stage=decrypt stage=encrypt", [](const auto&) { return false; }},
        {TableFile::sboxes, "round=2..3 box=7.. message=1 stage=encrypt",
         [&](const auto& c) {
             return c[0] == "1" && c[1] == "encrypt" && (c[3] == "2" || c[3] == "3") && number(c[4]) >= 7;
         }},
        {TableFile::blocks, "block=2", [](const auto& c) { return c[2] == "2"; }},
        {TableFile::keyschedule, "round=0..1", [](const auto& c) { return c[1] == "0" || c[1] == "1"; }},
        {TableFile::modexp, "action=multiply bit_index=..2",
         [&](const auto& c) { return c[4] == "multiply" && number(c[2]) <= 2; }},
        {TableFile::modexp, "operation=secret/client.shared bit=0",
         [](const auto& c) { return c[0] == "secret/client.shared" && c[3] == "0"; }},
        {TableFile::modexp, "step=3..4", [](const auto& c) { return c[1] == "3" || c[1] == "4"; }},
    };
    for (const Case& one : cases) {
        INFO(name(one.file) << ": " << one.text);
        std::vector<std::string> expected;
        const TraceTable all(trace, one.file);
        for (std::uint64_t i = 0; i < all.row_count(); ++i) {
            if (const TableRow row = all.row(i); one.fits(row.cells)) expected.push_back(joined(row));
        }
        const TraceTable some(trace, one.file, parse_filter(one.file, one.text));
        CHECK(rows_of(some) == expected);
        for (std::uint64_t i = 0; i < some.row_count(); ++i) {
            const auto found = some.find(some.row(i).node);
            REQUIRE(found);
            CHECK(*found <= i);
        }
    }
}

TEST_CASE("One number, an open end and both ends of a filter mean what they say", "[viz][table]") {
    const auto range = [](const char* text) {
        const NumberRange found = parse_filter(TableFile::rounds, text).round;
        return std::pair(found.first, found.last);
    };
    const NumberRange all;
    CHECK(range("round=5") == std::pair<std::uint64_t, std::uint64_t>(5, 5));
    CHECK(range("round=5..5") == std::pair<std::uint64_t, std::uint64_t>(5, 5));
    CHECK(range("round=5..6") == std::pair<std::uint64_t, std::uint64_t>(5, 6));
    CHECK(range("round=5..") == std::pair(std::uint64_t{5}, all.last));
    CHECK(range("round=..5") == std::pair(all.first, std::uint64_t{5}));
    CHECK(range("round=0") == std::pair<std::uint64_t, std::uint64_t>(0, 0));
    CHECK(range("round=3..9 round=5..12") == std::pair<std::uint64_t, std::uint64_t>(5, 9));
    CHECK_THROWS_AS(range("round=6..5"), Error);
    CHECK_THROWS_AS(range("round=.."), Error);
}

TEST_CASE("A filter that means nothing is refused in one line that says what can be written", "[viz][table]") {
    for (const char* text :
         {"left_in=3", "0xA60503", "rounds=5", "round", "round=", "round=x", "round=5..3", "round=-1", "stage=both",
          "round=99999999999999999999", "round=1..2..3", "=", "box=1", "\x1b[31m=2"}) {
        INFO(text);
        try {
            parse_filter(TableFile::rounds, text);
            FAIL("taken");
        } catch (const Error& error) {
            const std::string words = error.what();
            CHECK(words.find('(') != std::string::npos);
            CHECK(words.find('\x1b') == std::string::npos);
        }
    }
}

TEST_CASE("Scrolling over 268 million rows is exact", "[viz][table]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, std::size_t{16} << 20);
    const Trace trace(recording);
    const TraceTable table(trace, TableFile::sboxes);
    const std::uint64_t blocks = (std::uint64_t{16} << 20) / 8 + 1;
    REQUIRE(table.row_count() == 128 * blocks);
    RowWindow window;
    window.set_size(table.row_count(), 30);
    window.scroll_to(table.row_count());
    CHECK(window.top() == table.row_count() - 30);
    for (std::uint64_t i = 1; i <= 3; ++i) {
        window.scroll_by(-1);
        CHECK(window.top() == table.row_count() - 30 - i);
    }
    const TableRow last = table.row(table.row_count() - 1);
    CHECK(address(last.node) == fmt::format("message.1/encrypt/block.{}/round.16/sbox.8", blocks));
    for (const std::uint64_t index : {std::uint64_t{16777217}, std::uint64_t{200000001}, table.row_count() - 2}) {
        const TableRow row = table.row(index);
        CHECK(std::stoull(row.cells[2]) == index / 128 + 1);
        CHECK(std::stoull(row.cells[3]) == index % 128 / 8 + 1);
        CHECK(std::stoull(row.cells[4]) == index % 8 + 1);
        CHECK(table.find(row.node) == index);
        window.show(index);
        CHECK((window.top() <= index && index < window.top() + 30));
    }
    window.drag_to(1);
    CHECK(window.top() == table.row_count() - 30);
    window.drag_to(0);
    CHECK(window.top() == 0);
    window.scroll_by(-5);
    CHECK(window.top() == 0);
}

TEST_CASE("No column of the trace table is out of reach however narrow the room", "[viz][table]") {
    const Recording small = samples::exchange(), large = samples::exchange(Mode::ctr, dh::Kdf::low64, "modp768");
    for (const Recording* recording : {&small, &large}) {
        const Trace trace(*recording);
        for (const TableFile file : all_files) {
            const auto columns = TraceTable(trace, file).columns();
            for (std::size_t room = 24; room < 260; room += 7) {
                INFO(name(file) << " in " << room);
                std::vector<std::size_t> seen(columns.size());
                const ColumnLayout start = arrange_columns(columns, room, 0);
                for (std::size_t number = 0; number < start.all; ++number) {
                    const std::size_t first = first_to_show(columns, room, 0, number);
                    const ColumnLayout layout = arrange_columns(columns, room, first);
                    bool in_sight = false;
                    for (const ShownColumn& shown : layout.shown) {
                        CHECK(shown.at + shown.length <= room);
                        if (shown.number != number) continue;
                        in_sight = true;
                        CHECK(seen[shown.column] == shown.from);
                        seen[shown.column] = shown.from + shown.length;
                    }
                    CHECK(in_sight);
                }
                for (std::size_t i = 0; i < columns.size(); ++i) CHECK(seen[i] == columns[i].width);
            }
        }
    }
}

TEST_CASE("The table's page shows the rows of every file uncut at every size and scale", "[viz][table]") {
    for (const float scale : {1.0F, 2.0F}) {
        NullWindow window(samples::exchange(Mode::cbc, dh::Kdf::sha256, "modp768"));
        window.app.ui().scale = scale;
        window.app.show(PageName("table"));
        for (const auto& [width, height] : viz::testing::window_sizes) {
            window.size(width, height);
            for (const TableFile file : all_files) {
                INFO(name(file) << " at " << width << "x" << height << ", scale " << scale);
                const TraceTable table(window.app.session().trace, file);
                std::string text = window.at("message.2/decrypt/block.3/round.5");
                text += squeezed_keys(window, {{.key = Key::end}, {.key = Key::home}});
                // Along all columns, which do not fit side by side.
                const std::vector<KeyPress> right(20, {.key = Key::right, .ctrl = true});
                const std::vector<KeyPress> left(20, {.key = Key::left, .ctrl = true});
                const std::string cells = squeezed_keys(window, right);
                for (const TableColumn& column : table.columns()) CHECK(cells.find(column.name) != std::string::npos);
                const TableRow first = table.row(0);
                for (std::size_t i = 0; i + 1 < first.cells.size(); ++i)
                    CHECK(cells.find(first.cells[i]) != std::string::npos);
                CHECK(text.find(fmt::format("row{}", table.row_count())) != std::string::npos);
                squeezed_keys(window, left);
                const auto cut = take_cut_text();
                INFO((cut.empty() ? "" : cut.front()));
                CHECK(cut.empty());
                squeezed_keys(window, {{.key = Key::tab}});
            }
        }
    }
}

TEST_CASE("The table's page goes to steps, copies cells and filters by the keyboard alone", "[viz][table]") {
    NullWindow window(samples::exchange());
    window.app.show(PageName("table"));
    window.at("message.1/encrypt/block.2/round.5/mix");
    squeezed_keys(window, {{.key = Key::down, .ctrl = true}, {.key = Key::enter}});
    CHECK(window.address() == "message.1/encrypt/block.2/round.6");
    CHECK(window.app.ui().page == PageName::steps);
    window.app.show(PageName("table"));
    squeezed_keys(window, {{.key = Key::right}});
    CHECK(window.address() == "message.1/encrypt/block.2/round.7");
    squeezed_keys(window, {{.key = Key::right, .ctrl = true},
                           {.key = Key::right, .ctrl = true},
                           {.key = Key::right, .ctrl = true},
                           {.key = key_of('c'), .ctrl = true}});
    CHECK(window.app.ui().notice == "copied: 7");
    squeezed_keys(window, {{.key = key_of('i')}});
    window.frame();
    ImGui::GetIO().AddInputCharactersUTF8("block=2 round=3");
    window.frame();
    std::string text = NullWindow::squeezed(window.frame());
    CHECK(text.find("4of256rows") != std::string::npos);
    ImGui::GetIO().AddInputCharactersUTF8(" left_in=4");
    window.frame();
    text = NullWindow::squeezed(window.frame());
    CHECK(text.find("left_inisavalue") != std::string::npos);
    // The last good filter stays; Enter leaves the field, then chooses.
    squeezed_keys(window, {{.key = Key::enter}});
    squeezed_keys(window, {{.key = Key::end}, {.key = Key::enter}});
    CHECK(window.address() == "message.2/decrypt/block.2/round.3");
    CHECK(window.app.ui().page == PageName::steps);
    window.app.show(PageName("table"));
    squeezed_keys(window, {{.key = Key::escape}});
    CHECK(NullWindow::squeezed(window.frame()).find("of256") != std::string::npos);
}

TEST_CASE("A click in the table goes to a row's step and a double click opens it", "[viz][table]") {
    NullWindow window(samples::exchange());
    window.app.show(PageName("table"));
    window.at("message.1/encrypt/block.1/round.1");
    const float below_the_heads = 300;
    window.click(500, below_the_heads);
    const std::string address = window.address();
    CHECK(address != "message.1/encrypt/block.1/round.1");
    CHECK(address.starts_with("message.1/encrypt/block.1/round."));
    CHECK(window.app.ui().page == PageName("table"));
    window.click(500, below_the_heads);
    CHECK(window.address() == address);
    CHECK(window.app.ui().page == PageName::steps);
}

TEST_CASE("A trace without blocks shows its exponentiation's rows, and digits past 60 are reached", "[viz][table]") {
    NullWindow window(
        record_power({.base = 3, .exponent = (Number(1) << 700) + 5, .modulus = (Number(1) << 2000) - 9}));
    window.app.show(PageName("table"));
    window.frame();
    const Trace& trace = window.app.session().trace;
    const TraceTable table(trace, TableFile::modexp);
    squeezed_keys(window, {{.key = Key::end}});
    const std::string value = table.row(table.row_count() - 1).cells.back();
    REQUIRE(value.size() > 400);
    std::string seen;
    for (int i = 0; i < 20; ++i) seen += squeezed_keys(window, {{.key = Key::right, .ctrl = true}});
    CHECK(seen.find(value.substr(value.size() - 20)) != std::string::npos);
}
