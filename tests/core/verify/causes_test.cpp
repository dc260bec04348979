// The cause that verify tells of one wrong cell in a right export: of the block before, of a register, of a power.
#include <fmt/format.h>

#include "core/des/des.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"
#include "tests/support/traces.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

const std::string blocks = "blocks.csv", powers = "modexp.csv", schedule = "keyschedule.csv";

Recording message(Mode mode, Direction direction) {
    Bytes data(40);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i * 37 + 11);
    return record_des({0x133457799BBCDFF1, mode, Padding::none}, direction, 0xFEDCBA9876543210, data);
}

std::string exclusive_or(const std::string& a, const std::string& b) {
    return fmt::format("0x{:016X}", std::stoull(a, nullptr, 16) ^ std::stoull(b, nullptr, 16));
}

Recording power(const char* modulus) {
    return record_power({.base = Number(5), .exponent = Number(0x5B), .modulus = Number(modulus)});
}

} // namespace

TEST_CASE("What entered a block wrongly is told in the words of its mode", "[verify][slips]") {
    constexpr std::size_t row = 3;
    const auto said = [](Mode mode, Direction direction, auto wrong) {
        Export all(message(mode, direction));
        all.keep({blocks});
        const auto cell = [&](std::size_t number, const char* column) { return all.cell(blocks, number, column); };
        return all.with(blocks, row, "chained", wrong(cell));
    };
    const auto input = [](auto cell) { return cell(row, "input"); };
    const auto input_before = [](auto cell) { return cell(row - 1, "input"); };
    const auto before = [](auto cell) { return cell(row - 1, "chained"); };
    const auto both = [](auto cell) { return exclusive_or(cell(row, "input"), cell(row - 1, "input")); };
    const auto encrypt = Direction::encrypt, decrypt = Direction::decrypt;
    using Catch::EndsWith;
    CHECK_THAT(said(Mode::cbc, encrypt, input), EndsWith(": the XOR with the block before was left out"));
    CHECK_THAT(said(Mode::cbc, encrypt, before), EndsWith(": it is that of the block before"));
    CHECK_THAT(said(Mode::cbc, encrypt, both),
               EndsWith(": the input of the block before was chained instead of its output"));
    CHECK_THAT(said(Mode::cbc, decrypt, both), EndsWith(": the input of the block before was joined to it by XOR"));
    CHECK_THAT(said(Mode::cfb, encrypt, input), EndsWith(": it is the input itself: cfb enciphers a shift register"));
    CHECK_THAT(said(Mode::cfb, decrypt, before),
               EndsWith(": it is that of the block before: the register was not shifted"));
    CHECK_THAT(said(Mode::cfb, encrypt, input_before),
               EndsWith(": the plaintext of the block before went into the register instead of its ciphertext"));
    CHECK_THAT(said(Mode::ofb, encrypt, input), EndsWith(": it is the input itself: ofb enciphers a shift register"));
    CHECK_THAT(said(Mode::ofb, encrypt, before),
               EndsWith(": it is that of the block before: the register was not shifted"));
    CHECK_THAT(said(Mode::ctr, decrypt, input), EndsWith(": it is the input itself: ctr enciphers a counter"));
    CHECK_THAT(said(Mode::ctr, encrypt, before),
               EndsWith(": it is that of the block before: the counter was not raised by 1"));
    const auto two_on = [](auto cell) {
        return fmt::format("0x{:016X}", std::stoull(cell(row - 1, "chained"), nullptr, 16) + 2);
    };
    CHECK_THAT(said(Mode::ctr, encrypt, two_on), EndsWith(": the counter was raised by 2"));
    const auto other_end = [](auto cell) {
        return fmt::format("0x{:016X}", std::stoull(cell(row - 1, "chained"), nullptr, 16) + (std::uint64_t{1} << 56));
    };
    CHECK_THAT(said(Mode::ctr, encrypt, other_end),
               EndsWith(": the counter was raised at its first byte instead of its last"));
    for (const Mode mode : {Mode::ofb, Mode::ctr}) {
        CHECK_THAT(said(mode, encrypt, both), !Catch::Contains("XOR"));
    }
}

TEST_CASE("An IV that is used in every block is told", "[verify][slips]") {
    const auto said = [](Mode mode, auto wrong, std::size_t row = 3) {
        Export all(message(mode, Direction::encrypt));
        all.keep({blocks});
        const std::string iv = mode == Mode::cbc
                                   ? exclusive_or(all.cell(blocks, 1, "chained"), all.cell(blocks, 1, "input"))
                                   : all.cell(blocks, 1, "chained");
        return all.with(blocks, row, "chained", wrong(all.cell(blocks, row, "input"), iv));
    };
    const auto itself = [](const std::string&, const std::string& iv) { return iv; };
    CHECK_THAT(said(Mode::cbc, exclusive_or),
               Catch::EndsWith(": the IV was chained again instead of the output of the block before"));
    CHECK_THAT(said(Mode::ofb, itself), Catch::EndsWith(": it is the IV again, not the register of this block"));
    CHECK_THAT(said(Mode::ctr, itself), Catch::EndsWith(": it is the IV again, not the counter of this block"));
    CHECK_THAT(said(Mode::ctr, itself, 2), Catch::EndsWith(": it is the IV again: the counter was not raised by 1"));
    CHECK_THAT(said(Mode::ofb, itself, 2), Catch::EndsWith(": it is the IV again: the register was not shifted"));
}

TEST_CASE("Where no exchange.csv tells the mode, the message says which it is taken for", "[verify][slips]") {
    Export all(message(Mode::cbc, Direction::encrypt));
    std::string wrong = all.cell(blocks, 3, "chained");
    wrong.back() = wrong.back() == '1' ? '2' : '1';
    CHECK_THAT(all.with(blocks, 3, "chained", wrong), Catch::Contains("(message 1, encrypt, block 3; taken for cbc)"));
    // The same text in every block, and the XOR forgotten in all: the key shows that it was there.
    Cells cells = all.cells(blocks);
    const std::size_t chained = column_of(cells, "chained"), input = column_of(cells, "input");
    for (std::size_t row = 1; row < cells.size(); ++row) cells[row][chained] = cells[row][input];
    const std::string said = all.with_cells(blocks, cells);
    CHECK_THAT(said, Catch::Contains("chained") && Catch::StartsWith("blocks.csv:2: ") &&
                         !Catch::StartsWith("blocks.csv:2: after_ip is"));
    // A wrong input of one block that was deciphered says nothing against its subkeys.
    Export lone(record_des({0x133457799BBCDFF1, Mode::cbc, Padding::none}, Direction::decrypt, 0, Bytes(8, 0x5A)));
    CHECK_THAT(lone.with(blocks, 1, "input", "0x5E3A77C1D4B0926F"),
               Catch::StartsWith("blocks.csv:2: ") && Catch::Contains("input"));
}

TEST_CASE("What was left out of an exponentiation is told", "[verify][slips]") {
    Export all(power("1009"));
    std::size_t multiply = 1;
    while (all.cell(powers, multiply, "action") != "multiply" || all.cell(powers, multiply, "bit_index") == "1")
        ++multiply;
    const std::string bit = all.cell(powers, multiply, "bit_index");
    CHECK_THAT(all.with(powers, multiply, "value", all.cell(powers, multiply - 1, "value")),
               Catch::EndsWith(": it is the value before: the multiplication was left out"));
    CHECK_THAT(all.with(powers, multiply - 1, "value", all.cell(powers, multiply - 2, "value")),
               Catch::EndsWith(": it is the value before: the squaring was left out"));
    Cells cells = all.cells(powers);
    cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(multiply));
    for (std::size_t row = multiply; row < cells.size(); ++row) cells[row][1] = std::to_string(row);
    CHECK_THAT(all.with_cells(powers, cells),
               Catch::EndsWith(fmt::format(": bit {} is 1 and the multiplication by the base is missing", bit)));
}

TEST_CASE("An exponent whose bits were taken from the lowest on is told", "[verify][slips]") {
    const auto said = [](unsigned exponent, unsigned taken) {
        const auto recording = [](unsigned e) {
            return record_power({.base = Number(5), .exponent = Number(e), .modulus = Number(1009)});
        };
        Export all(recording(exponent));
        return all.with_cells(powers, Export(recording(taken)).cells(powers));
    };
    CHECK_THAT(said(0b1011001, 0b1001101), Catch::EndsWith(": the bits of the exponent are taken from the lowest on"));
    CHECK_THAT(said(0b1011001, 0b1011101), Catch::StartsWith("modexp.csv:") && !Catch::Contains("from the lowest on"));
}

TEST_CASE("An entry of an S-box's table that was read beside the right one is told", "[verify][slips]") {
    Export all(message(Mode::ecb, Direction::encrypt));
    all.keep({"sboxes.csv"});
    const auto said = [&](unsigned down, unsigned right) {
        Cells cells = all.cells("sboxes.csv");
        const auto number = [&](std::size_t line, const char* column) {
            return static_cast<unsigned>(std::stoul(cells[line][column_of(cells, column)]));
        };
        for (std::size_t line = 1; line <= 8; ++line) {
            const unsigned row = (number(line, "row") + down) % 4, column = (number(line, "column") + right) % 16;
            const auto six = static_cast<std::uint8_t>((row >> 1) << 5 | column << 1 | (row & 1));
            cells[line][column_of(cells, "output")] = std::to_string(des::select(number(line, "box"), six).output);
        }
        return all.with_cells("sboxes.csv", cells);
    };
    CHECK_THAT(said(1, 0), Catch::Contains("the row below was read"));
    CHECK_THAT(said(3, 0), Catch::Contains("the row above was read"));
    CHECK_THAT(said(0, 1), Catch::Contains("the column to the right was read"));
    CHECK_THAT(said(0, 15), Catch::Contains("the column to the left was read"));
    CHECK_THAT(said(3, 15), Catch::Contains("row and column were counted from 1 instead of 0"));
}

TEST_CASE("A squaring that is missing and a multiplication that is not wanted are told", "[verify][slips]") {
    Export all(power("1009")); // bits 1011011
    const auto without = [&](std::size_t row) {
        Cells cells = all.cells(powers);
        cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(row));
        for (std::size_t i = row; i < cells.size(); ++i) cells[i][1] = std::to_string(i);
        return all.with_cells(powers, cells);
    };
    std::size_t zero = 1;
    while (all.cell(powers, zero, "bit") != "0") ++zero;
    const std::string bit = all.cell(powers, zero, "bit_index");
    CHECK_THAT(without(zero), Catch::EndsWith(fmt::format(": the squaring of bit {} is missing", bit)));
    Cells cells = all.cells(powers);
    auto extra = cells[zero];
    extra[column_of(cells, "action")] = "multiply";
    cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(zero) + 1, extra);
    for (std::size_t i = zero; i < cells.size(); ++i) cells[i][1] = std::to_string(i);
    CHECK_THAT(all.with_cells(powers, cells),
               Catch::EndsWith(fmt::format(": bit {} is 0 and nothing is multiplied", bit)));
    // One cell alone that is wrong is no row too many or too few.
    for (std::size_t row = 1; row <= all.rows(powers); ++row) {
        const bool square = all.cell(powers, row, "action") == "square";
        CHECK_THAT(all.with(powers, row, "action", square ? "multiply" : "square"), !Catch::Contains("missing"));
    }
}

TEST_CASE("Of a long number that is wrong at its end, the message says how far it is right", "[verify][slips]") {
    Export all(
        power("0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
              "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEF"));
    const std::size_t last = all.rows(powers);
    std::string wrong = all.cell(powers, last, "value");
    REQUIRE(wrong.size() > 100);
    wrong.back() = wrong.back() == '1' ? '2' : '1';
    const std::string said = all.with(powers, last, "value", wrong);
    CHECK_THAT(said, Catch::EndsWith(fmt::format(": its first {} characters are right", wrong.size() - 1)));
    CHECK(said.find(wrong) == std::string::npos);
    CHECK(all.with(powers, last, "value", std::string(3000, '7')).size() < 3000);
}

TEST_CASE("A half or a subkey that belongs elsewhere in the schedule is told", "[verify][slips]") {
    Export all(message(Mode::ecb, Direction::encrypt));
    all.keep({schedule});
    const std::size_t row = 7; // round 6
    CHECK_THAT(all.with(schedule, row, "subkey", all.cell(schedule, row + 3, "subkey")),
               Catch::EndsWith(": it is the subkey of round 9"));
    Cells cells = all.cells(schedule);
    const std::size_t c = column_of(cells, "c"), d = column_of(cells, "d");
    std::swap(cells[row][c], cells[row][d]);
    CHECK_THAT(all.with_cells(schedule, cells), Catch::EndsWith(": C and D are exchanged"));
}

TEST_CASE("One round's subkey that is another round's is told by its name", "[verify][slips]") {
    const std::string rounds = "rounds.csv";
    Export all(message(Mode::ecb, Direction::encrypt));
    all.keep({blocks, rounds});
    CHECK_THAT(all.with(rounds, 5, "subkey", all.cell(rounds, 12, "subkey")), Catch::EndsWith(": it is K12"));
}
