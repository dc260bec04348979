// Files as spreadsheets save them and as students' programs write them (the folder field/ has inputs after real
// people's trouble; their values come from OpenSSL, another DES and Python).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <random>

#include "core/base/error.hpp"
#include "core/csv/csv.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/student.hpp"
#include "tests/support/verdict.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using keyhole::testing::alone;
using keyhole::testing::read_text;
using keyhole::testing::Student;
using keyhole::testing::TemporaryFolder;
using keyhole::testing::verdict;
using keyhole::testing::write_text;

namespace {

std::string field(const std::string& name) {
    return verdict(fs::path(KEYHOLE_SOURCE_DIR) / "tests/core/verify/field" / name);
}

using Cells = std::vector<std::vector<std::string>>;

Cells split(const std::vector<std::string>& lines) {
    Cells out;
    for (const std::string& line : lines) {
        out.emplace_back(1);
        for (const char c : line) {
            if (c == ',') out.back().emplace_back();
            if (c != ',') out.back().back() += c;
        }
    }
    return out;
}

std::string joined(const Cells& cells, const std::string& separator = ",", const std::string& end = "\n") {
    std::string out;
    for (const auto& row : cells) out += fmt::format("{}{}", fmt::join(row, separator), end);
    return out;
}

// Each cell of the rows that is not in the header, by what `change` makes of it.
template <class F>
Cells each(Cells cells, F change) {
    for (std::size_t row = 1; row < cells.size(); ++row) {
        for (std::size_t column = 0; column < cells[row].size(); ++column) change(cells[0][column], cells[row][column]);
    }
    return cells;
}

Cells only(const Cells& cells, const std::vector<std::string>& names) {
    Cells out(cells.size());
    for (const std::string& name : names) {
        const auto column = static_cast<std::size_t>(std::ranges::find(cells[0], name) - cells[0].begin());
        for (std::size_t row = 0; row < cells.size(); ++row) out[row].push_back(cells[row][column]);
    }
    return out;
}

std::string utf16(const std::string& text, bool little) {
    std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : text) {
        if (!little) out += '\0';
        out += c;
        if (little) out += '\0';
    }
    return out;
}

bool is_hex(const std::string& cell) { return cell.starts_with("0x"); }

// The digits of a hex cell as bits, with the zeros in front.
std::string bits(const std::string& cell) {
    std::string out;
    for (const char c : cell.substr(2)) out += fmt::format("{:04b}", std::stoi(std::string(1, c), nullptr, 16));
    return out;
}

} // namespace

TEST_CASE("The inputs of the field have the answers that are right", "[verify][field]") {
    for (const char* name : {"07_modexp_right", "08_semicolons", "08_capital_header", "08_empty_rows_at_end",
                             "08_lost_leading_zeros", "09_few_columns"}) {
        CAPTURE(name);
        CHECK(field(name) == "verified");
    }
    CHECK(field("07_modexp_after_spreadsheet") ==
          "modexp.csv:10: value is 462775636729884000 (modexp, step 9): a spreadsheet took it for a number and rounded "
          "it, so that its digits are lost");
    CHECK(field("09_last_round_swapped") ==
          "rounds.csv:17: left_out is 0x19BA9212, expected 0xCF26B472 (message 1, encrypt, block 1, round 16): the row "
          "stands after the swap of the halves that ends the sixteen rounds: L16 is CF26B472, R16 is 19BA9212");
    CHECK(field("10_row_first_two_bits") ==
          "sboxes.csv:2: row is 2, expected 3 (message 1, encrypt, block 1, round 1, box 1): the first two bits chose "
          "the row and the last four the column; input 37 is row 3, column 2, output 8");
}

TEST_CASE("Tables verify in every spelling of a spreadsheet", "[verify][field]") {
    const Student student;
    for (const char* file : {"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv"}) {
        CAPTURE(file);
        const Cells cells = split(student.table(file));
        const std::string tabs = joined(cells, "\t", "\r\n");
        CHECK(alone(file, joined(cells, ";", "\r\n")) == "verified");
        CHECK(alone(file, "sep=;\r\n" + joined(cells, ";", "\r\n")) == "verified");
        CHECK(alone(file, "sep=|\n" + joined(cells, "|")) == "verified");
        CHECK(alone(file, "\xEF\xBB\xBF" + joined(cells, "\t", "\r")) == "verified");
        CHECK(alone(file, utf16(tabs, true)) == "verified");
        CHECK(alone(file, utf16(tabs, false)) == "verified");
        CHECK(alone(file, joined(cells, "  , ") + std::string(3, ',') + "\n" + std::string(20, ',')) == "verified");
        Cells quoted = cells;
        for (auto& row : quoted) {
            for (auto& cell : row) cell = '"' + cell + '"';
        }
        CHECK(alone(file, joined(quoted, ";", "\r\n")) == "verified");
        Cells capitals = cells;
        for (auto& name : capitals[0]) name = " " + name + " ";
        for (auto& name : capitals[0])
            std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
        CHECK(alone(file, joined(capitals)) == "verified");
        Cells turned = cells;
        for (auto& row : turned) std::ranges::reverse(row);
        CHECK(alone(file, joined(turned)) == "verified");
    }
}

TEST_CASE("Numbers verify in every spelling", "[verify][field]") {
    const Student student;
    for (const char* file : {"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv"}) {
        CAPTURE(file);
        const Cells cells = split(student.table(file));
        const auto verifies = [&](auto change) { return alone(file, joined(each(cells, change))); };
        CHECK(verifies([](auto&, auto& cell) {
                  if (is_hex(cell)) cell = cell.substr(2);
              }) == "verified");
        CHECK(verifies([](auto&, auto& cell) {
                  if (is_hex(cell))
                      std::ranges::transform(cell, cell.begin(), [](unsigned char c) { return std::tolower(c); });
              }) == "verified");
        CHECK(verifies([](auto&, auto& cell) {
                  if (is_hex(cell)) cell = cell.substr(std::min(cell.find_first_not_of('0', 2), cell.size() - 1));
              }) == "verified");
        CHECK(verifies([](auto&, auto& cell) {
                  if (!is_hex(cell) && !cell.empty() && cell != "encrypt") cell += ".0";
              }) == "verified");
        CHECK(verifies([](auto&, auto& cell) {
                  if (is_hex(cell)) cell = std::to_string(std::stoull(cell, nullptr, 16));
              }) == "verified");
        if (std::string(file) != "keyschedule.csv") {
            CHECK(verifies([](auto&, auto& cell) {
                      if (is_hex(cell)) cell = bits(cell);
                  }) == "verified");
        }
    }
    const auto box_bits = [](bool all_zeros) {
        return [=](auto& name, auto& cell) {
            const int width = name == "input" ? 6 : name == "row" ? 2 : name == "column" || name == "output" ? 4 : 0;
            if (width > 0)
                cell =
                    all_zeros ? fmt::format("{:0{}b}", std::stoi(cell), width) : fmt::format("{:b}", std::stoi(cell));
        };
    };
    const Cells boxes = split(student.table("sboxes.csv"));
    CHECK(alone("sboxes.csv", joined(each(boxes, box_bits(true)))) == "verified");
    CHECK(alone("sboxes.csv", joined(each(boxes, box_bits(false)))) == "verified");
}

TEST_CASE("Columns may be missing, and what is there is checked", "[verify][field]") {
    const Student student;
    const Cells rounds = split(student.table("rounds.csv"));
    const std::vector<std::string> values(rounds[0].begin() + 4, rounds[0].end());
    std::mt19937_64 random(14);
    unsigned named = 0, doubted = 0, nothing = 0;
    for (unsigned set = 1; set < 512; set += 3) {
        std::vector<std::string> names{"round"};
        for (std::size_t i = 0; i < values.size(); ++i) {
            if ((set >> i & 1) != 0) names.push_back(values[i]);
        }
        const Cells right = only(rounds, names);
        CAPTURE(fmt::format("{}", fmt::join(names, ",")));
        CHECK(alone("rounds.csv", joined(right)) == "verified");
        // One digit altered: it is named, or in doubt among others, or nothing that is there contradicts it.
        for (int i = 0; i < 4; ++i) {
            Cells wrong = right;
            const std::size_t row = 1 + random() % 16, column = 1 + random() % (names.size() - 1);
            char& digit = wrong[row][column][2 + random() % (wrong[row][column].size() - 2)];
            digit = digit == '5' ? '6' : '5';
            if (wrong == right) continue;
            const std::string said = alone("rounds.csv", joined(wrong));
            CAPTURE(said, row, names[column]);
            if (said == "verified") {
                ++nothing;
            } else if (said.find(", expected ") != std::string::npos) {
                ++named;
                CHECK_THAT(said, Catch::StartsWith(fmt::format("rounds.csv:{}: {} is ", row + 1, names[column])));
            } else {
                ++doubted;
                const bool subkeys = said.find("the subkeys do not come from one key") != std::string::npos;
                CHECK((subkeys || said.find(names[column]) != std::string::npos));
            }
        }
    }
    CHECK(named > 300);
    CHECK(doubted > 3);
    CHECK(nothing < named / 2);
}

TEST_CASE("What was not read is listed, and what is not there is told", "[verify][field]") {
    const TemporaryFolder folder;
    const Student student;
    student.write(folder.path(), {"rounds.csv", "keyschedule.csv"});
    for (const char* name : {"Rounds.csv", "round.csv", "SBOXES.CSV", "notes.txt"})
        write_text(folder.path() / name, "");
    auto report = verify::check(folder.path());
    CHECK_FALSE(report.wrong);
    CHECK(report.not_read == std::vector<std::string>{"Rounds.csv", "SBOXES.CSV", "round.csv"});
    Cells few = only(split(student.table("rounds.csv")), {"round", "left_out", "right_out", "subkey"});
    few[0][1] = "Left out";
    write_text(folder.path() / "rounds.csv", joined(few));
    report = verify::check(folder.path());
    CHECK_FALSE(report.wrong);
    CHECK(report.files[0].ignored == std::vector<std::string>{"Left out"});
    CHECK(std::ranges::count(report.files[0].without, "left_out") == 1);
    fs::remove(folder.path() / "rounds.csv");
    fs::remove(folder.path() / "keyschedule.csv");
    CHECK_THROWS_WITH(verify::check(folder.path()),
                      Catch::Contains("it has Rounds.csv, SBOXES.CSV, round.csv; rename"));
}

TEST_CASE("A table that does not say of which block its rows are is refused", "[verify][field]") {
    const Student student;
    Cells twice = only(split(student.table("rounds.csv")), {"round", "left_out", "right_out"});
    const Cells once = twice;
    twice.insert(twice.end(), once.begin() + 1, once.end());
    CHECK_THROWS_WITH(alone("rounds.csv", joined(twice)),
                      Catch::Contains("rounds.csv has no column block (line 18 begins another block; add it)"));
    CHECK_THROWS_WITH(alone("rounds.csv", "round,subkey,Subkey\n1,0,0\n"),
                      Catch::Contains("names the column subkey twice"));
    CHECK_THROWS_WITH(alone("rounds.csv", "round,note\n1,0\n"), Catch::Contains("no column with values"));
}

TEST_CASE("A text that a spreadsheet took for a number is the cell to blame", "[verify][field]") {
    const std::array<std::array<const char*, 2>, 5> texts = {{{"1E5", "1.00E+05"},
                                                              {"1E5", "100000"},
                                                              {"007", "7"},
                                                              {"1.50", "1,5"},
                                                              {"12345678901234567890", "1.23456789012346E+19"}}};
    for (const auto& [typed, after] : texts) {
        const TemporaryFolder folder;
        const Recording recording = run_exchange({.group = *find_group("toy23"), .says = {{Role::client, typed}}});
        write_csv(recording, folder.path());
        std::string table = read_text(folder.path() / "exchange.csv");
        const std::string before = fmt::format(",text,{}\r\n", typed);
        std::size_t cells = 0;
        for (std::size_t at = table.find(before); at != std::string::npos; at = table.find(before, at), ++cells)
            table.replace(at, before.size(), fmt::format(",text,\"{}\"\r\n", after));
        CHECK(cells >= 3);
        write_text(folder.path() / "exchange.csv", table);
        CHECK_THAT(
            verdict(folder.path()),
            Catch::Contains(fmt::format(": value is {}, expected {} (message.1, text): a spreadsheet took the text "
                                        "for a number",
                                        after, typed)));
    }
}

TEST_CASE("Numbers of Diffie-Hellman verify as hex in any case, as bits and without blanks around them",
          "[verify][field]") {
    const TemporaryFolder folder;
    write_csv(run_exchange({.group = *find_group("toy23"), .random = Random::seeded("hex"), .says = {}}),
              folder.path());
    const std::array<std::array<const char*, 2>, 4> ways = {{{",p,23\r\n", ",p,0X17\r\n"},
                                                             {",p,23\r\n", ",p, 0x17 \r\n"},
                                                             {",modulus,23\r\n", ",modulus,0x17\r\n"},
                                                             {",p,23\r\n", ",p,0b00000000000010111\r\n"}}};
    const std::string right = read_text(folder.path() / "exchange.csv");
    for (const auto& [from, to] : ways) {
        INFO(to);
        std::string table = right;
        for (std::size_t at = table.find(from); at != std::string::npos; at = table.find(from, at))
            table.replace(at, std::string_view(from).size(), to);
        REQUIRE(table != right);
        write_text(folder.path() / "exchange.csv", table);
        CHECK(verdict(folder.path()) == "verified");
    }
}

TEST_CASE("Numbers that a spreadsheet rounded are told as that", "[verify][field]") {
    const std::string header = "operation,step,bit_index,bit,action,value\n";
    const std::string rounded = "a spreadsheet took it for a number and rounded it, so that its digits are lost";
    CHECK_THAT(alone("modexp.csv", header + "modexp,1,1,1,square,1\nmodexp,2,1,1,multiply,1.23E+20\n"),
               Catch::StartsWith("modexp.csv:3: value is 1.23E+20, expected ") && Catch::EndsWith(rounded));
    CHECK_THAT(alone("rounds.csv", "round,subkey\n1,1.94E+11\n"),
               Catch::StartsWith("rounds.csv:2: subkey is 1.94E+11, expected ") && Catch::EndsWith(rounded));
    const TemporaryFolder folder;
    write_csv(record_power({3, 0b110110111, Number("892345678901234567")}), folder.path());
    std::string text = read_text(folder.path() / "modexp.csv");
    CHECK(verdict(folder.path()) == "verified");
    // Every hex number as the decimal that it is, then as a spreadsheet leaves it.
    std::string decimal, after;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t hex = text.find("0x", at), end = text.find("\r\n", hex);
        decimal += text.substr(at, hex - at);
        after += text.substr(at, hex - at);
        if (hex == std::string::npos) break;
        std::string number = Number(text.substr(hex, end - hex)).get_str();
        decimal += number;
        after += number.substr(0, 15) + std::string(number.size() - 15, '0');
        at = end;
    }
    REQUIRE(decimal != text);
    write_text(folder.path() / "modexp.csv", decimal);
    CHECK(verdict(folder.path()) == "verified");
    write_text(folder.path() / "modexp.csv", after);
    CHECK_THAT(verdict(folder.path()), Catch::Contains(", expected 497688026489859891 ") && Catch::EndsWith(rounded));
}
