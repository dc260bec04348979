// Counters, ends and empty cells: for each check one file that violates exactly that one, and the very words.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"
#include "tests/support/traces.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

const std::vector<std::string> des_files{"blocks.csv", "keyschedule.csv", "rounds.csv", "sboxes.csv"};

Recording message(Mode mode = Mode::ecb, Direction direction = Direction::encrypt) {
    Random random = Random::seeded("order");
    return random_message(mode, direction, random);
}

Recording chat() {
    Random random = Random::seeded("order of a chat");
    return random_exchanges(random).front();
}

Cells first_rows(const Cells& cells, std::size_t rows) {
    return {cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(rows) + 1};
}

// The rows and once more the last `count` of them, with another block's number.
Cells with_block_more(Cells cells, std::size_t count, const std::string& block) {
    const std::size_t column = column_of(cells, "block");
    const Cells last(cells.end() - static_cast<std::ptrdiff_t>(count), cells.end());
    for (auto row : last) {
        row[column] = block;
        cells.push_back(row);
    }
    return cells;
}

std::string error_of(Export& all, const std::string& file, const Cells& cells) {
    try {
        return all.with_cells(file, cells);
    } catch (const Error& error) {
        CHECK(error.failure() == Failure::bad_input);
        all.with_cells(file, all.cells(file));
        return error.what();
    }
}

Cells without_column(const Cells& cells, const std::string& name) {
    std::vector<std::string> others;
    for (const std::string& column : cells[0]) {
        if (column != name) others.push_back(column);
    }
    return only(cells, others);
}

} // namespace

TEST_CASE("A counter that is not the next one is named in every file", "[verify][order]") {
    const bool with_blocks = GENERATE(true, false);
    Export all(message());
    if (!with_blocks) all.keep({"rounds.csv", "sboxes.csv"});
    const auto check = [&](const std::string& file, std::size_t row, const std::string& column,
                           const std::string& where) {
        const std::string right = all.cell(file, row, column), wrong = right == "7" ? "9" : "7";
        CHECK(all.with(file, row, column, wrong) == all.named(file, row, column, wrong, right) + " (" + where + ")");
    };
    const std::string at = "message 1, encrypt, block 2, round 3";
    for (const char* file : {"rounds.csv", "sboxes.csv"}) {
        const std::size_t row = file == std::string("rounds.csv") ? 19 : 18 * 8 + 5;
        for (const char* column : {"message", "block", "round"}) check(file, row, column, at);
        CHECK(all.with(file, row, "stage", "decrypt") ==
              all.named(file, row, "stage", "decrypt", "encrypt") + " (" + at + ")");
    }
    check("sboxes.csv", 18 * 8 + 5, "box", at);
    if (!with_blocks) return;
    // Of two rows alone either could be wrong.
    CHECK(all.with("blocks.csv", 3, "stage", "decrypt") ==
          all.named("blocks.csv", 3, "stage", "decrypt", "encrypt") + " (message 1, encrypt, block 3)");
    const Cells two = first_rows(all.cells("blocks.csv"), 2);
    Cells turned = two;
    turned[2][1] = "decrypt";
    CHECK(
        all.with_cells("blocks.csv", turned) ==
        "blocks.csv:2: stage and blocks.csv:3 stage do not fit together (message 1, decrypt, block 1): stage should be "
        "decrypt, or blocks.csv:3 stage encrypt; nothing here tells which of them is wrong");
    // A row that is numbered as round 1 and has neither shift nor subkey is round 0.
    CHECK(all.with("keyschedule.csv", 1, "round", "1") ==
          all.named("keyschedule.csv", 1, "round", "1", "0 (message 1, round 0)"));
    for (const char* column : {"message", "block"}) check("blocks.csv", 2, column, "message 1, encrypt, block 2");
    CHECK(all.with("blocks.csv", 2, "stage", "decrypt") ==
          all.named("blocks.csv", 2, "stage", "decrypt", "encrypt") + " (message 1, encrypt, block 2)");
    for (const char* column : {"message", "round"}) check("keyschedule.csv", 6, column, "message 1, round 5");
}

TEST_CASE("A missing end is told with what should follow", "[verify][order]") {
    Export all(message());
    const auto ends = [&](const std::string& file, std::size_t rows, const std::string& expected) {
        const std::string said = all.with_cells(file, first_rows(all.cells(file), rows));
        CHECK_THAT(said, Catch::StartsWith(fmt::format("{}:", file)) &&
                             Catch::EndsWith(": the file ends, expected " + expected));
    };
    for (const bool with_blocks : {true, false}) {
        CAPTURE(with_blocks);
        if (!with_blocks) all.keep({"rounds.csv", "sboxes.csv"});
        for (const std::size_t rows : {383U, 380U, 376U})
            ends("sboxes.csv", rows, "message 1, encrypt, block 3, round 16");
        ends("sboxes.csv", 256, "message 1, encrypt, block 3, round 1");
        ends("sboxes.csv", 0, "message 1, encrypt, block 1, round 1");
        if (!with_blocks) continue;
        ends("rounds.csv", 47, "message 1, encrypt, block 3, round 16");
        ends("rounds.csv", 32, "message 1, encrypt, block 3, round 1");
        ends("rounds.csv", 0, "message 1, encrypt, block 1, round 1");
        ends("keyschedule.csv", 16, "message 1, round 16");
        ends("keyschedule.csv", 2, "message 1, round 2");
        ends("keyschedule.csv", 0, "message 1, round 0");
    }
    // A round of one S-box too few, without rounds.csv.
    all.keep({"sboxes.csv"});
    ends("sboxes.csv", 383, "message 1, encrypt, block 3, round 16");
}

TEST_CASE("Rows of a block that no other file has are told", "[verify][order]") {
    Export all(message());
    const auto surplus = [&](const std::string& file, std::size_t count) {
        const std::size_t row = all.rows(file) + 1;
        const Cells cells = with_block_more(all.cells(file), count, "4");
        const std::string round = count == 1 || count == 8 ? "16" : "1";
        CHECK(all.with_cells(file, cells) ==
              fmt::format("{}:{}: message is 1, expected no more rows (message 1, encrypt, block 4, round {})", file,
                          row + 1, round));
    };
    surplus("rounds.csv", 16);
    surplus("rounds.csv", 1);
    surplus("sboxes.csv", 128);
    surplus("sboxes.csv", 8);
    all.keep({"rounds.csv", "sboxes.csv"});
    surplus("sboxes.csv", 128);
    const Cells boxes = without_column(all.cells("sboxes.csv"), "message");
    CHECK(all.with_cells("sboxes.csv", with_block_more(boxes, 128, "4")) ==
          "sboxes.csv:386: round is 1, expected no more rows (message 1, encrypt, block 4, round 1)");
}

TEST_CASE("An empty cell is told in every column of every file", "[verify][order]") {
    Export all(message());
    const std::string at = " (message 1, encrypt, block 2, round 3)";
    const auto empty = [&](const std::string& file, std::size_t row, const std::string& column,
                           const std::string& expected) {
        CHECK(all.with(file, row, column, "") == all.named(file, row, column, "", expected));
    };
    for (const std::string& column : all.cells("rounds.csv")[0]) {
        const bool value = column_of(all.cells("rounds.csv"), column) >= 4;
        empty("rounds.csv", 19, column,
              value               ? "a value" + at
              : column == "stage" ? "encrypt or decrypt"
                                  : "a decimal number");
    }
    for (const std::string& column : all.cells("sboxes.csv")[0]) {
        const bool value = column_of(all.cells("sboxes.csv"), column) >= 5;
        empty("sboxes.csv", 18 * 8 + 5, column,
              value               ? "a value" + at
              : column == "stage" ? "encrypt or decrypt"
                                  : "a decimal number");
    }
    for (const char* column : {"key", "input", "chained", "after_ip", "preoutput", "output"})
        empty("blocks.csv", 2, column, "hex digits");
    for (const char* column : {"c", "d"})
        empty("keyschedule.csv", 6, column, "0x and 7 hex digits (message 1, round 5)");
    empty("keyschedule.csv", 6, "subkey", "0x and 12 hex digits (message 1, round 5)");
    for (const char* column : {"message", "round", "shift"}) empty("keyschedule.csv", 6, column, "a decimal number");
    CHECK(all.with("keyschedule.csv", 1, "subkey", "0x123456789ABC") ==
          all.named("keyschedule.csv", 1, "subkey", "0x123456789ABC", "empty (message 1, round 0)"));
}

TEST_CASE("What is no value of its column is told in every file", "[verify][order]") {
    Export all(message());
    const auto no_value = [&](const std::string& file, const std::string& column, const std::string& cell,
                              const std::string& expected) {
        CHECK(all.with(file, 2, column, cell) == all.named(file, 2, column, cell, expected));
    };
    no_value("blocks.csv", "key", "0x12G4567890123456", "0x and 16 hex digits");
    no_value("blocks.csv", "output", "0x112233445566778899", "0x and 16 hex digits");
    no_value("blocks.csv", "input", "0xZZ", "0x and pairs of hex digits");
    no_value("rounds.csv", "left_in", "0x123456789", "0x and 8 hex digits");
    no_value("rounds.csv", "mixed", "-1", "0x and 12 hex digits");
    no_value("rounds.csv", "round", "two", "a decimal number");
    no_value("sboxes.csv", "stage", "both", "encrypt or decrypt");
    no_value("sboxes.csv", "input", "x", "a decimal number");
    no_value("keyschedule.csv", "c", "0x12345678", "0x and 7 hex digits");
    const std::string at = "message 1, encrypt, block 1, round 1, box 2";
    for (const auto& [column, cell] : {std::pair("input", "64"), {"row", "4"}, {"column", "16"}, {"output", "16"}}) {
        no_value("sboxes.csv", column, cell, all.cell("sboxes.csv", 2, column) + " (" + at + ")");
    }
    // Without the cells that would tell it, only what there is.
    for (const auto& [column, cell, range] : {std::tuple("input", "64", "0 to 63"),
                                              {"row", "4", "0 to 3"},
                                              {"column", "16", "0 to 15"},
                                              {"output", "16", "0 to 15"}}) {
        Export boxes(message());
        boxes.keep({"sboxes.csv"});
        boxes.keep_columns("sboxes.csv", {"message", "stage", "block", "round", "box", column});
        CHECK(boxes.with("sboxes.csv", 2, column, cell) ==
              boxes.named("sboxes.csv", 2, column, cell, fmt::format("{} ({})", range, at)));
    }
}

TEST_CASE("Columns that tell where a row belongs are asked for", "[verify][order]") {
    Export all(message());
    const auto needs = [&](const std::string& file, const std::string& column, const std::string& why) {
        CHECK(error_of(all, file, without_column(all.cells(file), column)) ==
              fmt::format("{} has no column {} ({})", file, column, why));
    };
    const std::string names = "its first line names the columns; see docs/trace-format.md";
    needs("blocks.csv", "block", "there is more than one block; add it");
    needs("rounds.csv", "block", "the other files have more than one; add it");
    needs("sboxes.csv", "block", "the other files have more than one; add it");
    for (const char* file : {"rounds.csv", "sboxes.csv", "keyschedule.csv"}) needs(file, "round", names);
    needs("sboxes.csv", "box", names);
    all.keep({"sboxes.csv"});
    needs("sboxes.csv", "block", "line 130 begins another block; add it");
    Export two(chat());
    CHECK(error_of(two, "keyschedule.csv", without_column(two.cells("keyschedule.csv"), "message")) ==
          "keyschedule.csv has no column message (line 19 begins another key schedule; add it)");
    for (const char* file : {"rounds.csv", "sboxes.csv"}) {
        CHECK(error_of(two, file, without_column(two.cells(file), "message")) ==
              fmt::format("{} has no column message (the other files have more than one; add it)", file));
        CHECK(error_of(two, file, without_column(two.cells(file), "stage")) ==
              fmt::format("{} has no column stage (the other files have more than one; add it)", file));
    }
    two.keep({"blocks.csv"});
    CHECK_THAT(
        error_of(two, "blocks.csv", without_column(two.cells("blocks.csv"), "message")),
        Catch::StartsWith("blocks.csv has no column message (line ") && Catch::EndsWith(" begins another; add it)"));
    Cells short_row = two.cells("blocks.csv");
    short_row[1].pop_back();
    CHECK(error_of(two, "blocks.csv", short_row) == "blocks.csv:2 has too few cells (8; give every column one)");
}
