// Mistakes that run through a whole table, where no exchange.csv says what was meant: the mode that it is taken for,
// and the cause that is told.
#include <fmt/format.h>

#include "core/csv/csv.hpp"
#include "core/des/des.hpp"
#include "core/fast/fast_des.hpp"
#include "core/verify/verify.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"

using namespace keyhole;
using namespace keyhole::testing;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

const std::string blocks = "blocks.csv", rounds = "rounds.csv", sboxes = "sboxes.csv", schedule = "keyschedule.csv",
                  powers = "modexp.csv";
constexpr des::Block key = 0x133457799BBCDFF1;

Recording message(Mode mode, std::size_t count, std::string_view variant = "none", int seed = 0) {
    Bytes data(8 * count);
    for (std::size_t i = 0; i < data.size(); ++i)
        data[i] = static_cast<std::uint8_t>((i + 1) * (37 + 2 * static_cast<unsigned>(seed)) + 11);
    return record_des({key, mode, Padding::none}, Direction::encrypt, mode == Mode::ecb ? 0 : 0xFEDCBA9876543210, data,
                      des::parse_variant(variant));
}

std::uint64_t number(const std::string& cell) { return std::stoull(cell, nullptr, 16); }
std::string hex(std::uint64_t block) { return fmt::format("0x{:016X}", block); }

des::Block through(des::Block block, Direction direction) {
    return des::fast::crypt(block, des::fast::key_schedule(key), direction);
}

// Each block anew: what enters it is made of the rows before.
template <class Enters>
std::string chained_by(const Recording& recording, Enters enters) {
    Export all(recording);
    all.keep({blocks});
    Cells cells = all.cells(blocks);
    const auto at = [&](std::size_t row, const char* column) -> std::string& {
        return cells[row][column_of(cells, column)];
    };
    for (std::size_t row = 2; row < cells.size(); ++row) {
        const std::uint64_t in = enters(at, row);
        const std::uint64_t out = through(in, Direction::encrypt);
        at(row, "chained") = hex(in);
        at(row, "after_ip") = hex(des::initial_permutation(in));
        at(row, "preoutput") = hex(des::initial_permutation(out));
        at(row, "output") = hex(out);
    }
    return all.with_cells(blocks, cells);
}

} // namespace

TEST_CASE("A chain that was made wrongly in every block is taken for what was meant", "[verify][slips]") {
    for (const std::size_t count : {2U, 3U, 4U}) {
        for (int seed = 0; seed < 10; ++seed) {
            CAPTURE(count, seed);
            const Recording cbc = message(Mode::cbc, count, "none", seed);
            const auto iv_again = [](auto at, std::size_t row) {
                return number(at(row, "input")) ^ number(at(1, "input")) ^ number(at(1, "chained"));
            };
            CHECK_THAT(chained_by(cbc, iv_again),
                       StartsWith("blocks.csv:3: chained is ") && Contains("taken for cbc") &&
                           EndsWith(": the IV was chained again instead of the output of the block before"));
            const auto text_before = [](auto at, std::size_t row) {
                return number(at(row, "input")) ^ number(at(row - 1, "input"));
            };
            CHECK_THAT(chained_by(cbc, text_before),
                       Contains("taken for cbc") &&
                           EndsWith(": the input of the block before was chained instead of its output"));
            const auto same = [](auto at, std::size_t) { return number(at(1, "chained")); };
            CHECK_THAT(chained_by(message(Mode::ctr, count, "none", seed), same),
                       Contains("taken for ctr") && EndsWith(": it is the IV again: the counter was not raised by 1"));
        }
    }
}

TEST_CASE("IP that was left out in every block is told, and the mode is still ecb", "[verify][slips]") {
    for (const std::size_t count : {1U, 2U, 3U, 4U}) {
        for (int seed = 0; seed < 10; ++seed) {
            CAPTURE(count, seed);
            // Without IP and its inverse, and then the inverse all the same.
            Export all(message(Mode::ecb, count, "no-ip", seed));
            Cells cells = all.cells(blocks);
            const std::size_t preoutput = column_of(cells, "preoutput"), output = column_of(cells, "output");
            for (std::size_t row = 1; row < cells.size(); ++row)
                cells[row][output] = hex(des::final_permutation(number(cells[row][preoutput])));
            all.keep({blocks});
            CHECK_THAT(all.with_cells(blocks, cells),
                       StartsWith("blocks.csv:2: after_ip is ") && EndsWith(": IP was left out"));
        }
    }
}

TEST_CASE("A slip of the key schedule explains all subkeys", "[verify][slips]") {
    for (const auto& [variant, cause] : {std::pair("reversed-subkeys", "the subkeys are in the opposite order"),
                                         {"same-subkeys", "K1 was taken in every round"}}) {
        Export all(message(Mode::ecb, 1, variant));
        all.keep({schedule});
        CHECK_THAT(all.said(), StartsWith("keyschedule.csv:") && EndsWith(std::string(": ") + cause));
    }
    // One alone may be that of the C and D before.
    Export all(message(Mode::ecb, 1));
    const auto subkey_of_row = [&](std::size_t row) {
        const auto half = [&](const char* name) {
            return static_cast<std::uint32_t>(number(all.cell(schedule, row, name)));
        };
        return fmt::format("0x{:012X}", des::permuted_choice_2(half("c"), half("d")));
    };
    CHECK_THAT(all.with(schedule, 5, "subkey", subkey_of_row(4)), Contains("it was taken before C and D were turned"));
}

TEST_CASE("Rows and columns of the S-boxes that are counted from 1 are told at the first", "[verify][slips]") {
    Export all(message(Mode::ecb, 1));
    for (const std::string column : {"row", "column"}) {
        Cells cells = all.cells(sboxes);
        const std::size_t at = column_of(cells, column);
        for (std::size_t row = 1; row < cells.size(); ++row)
            cells[row][at] = std::to_string(std::stoi(cells[row][at]) + 1);
        CHECK_THAT(all.with_cells(sboxes, cells),
                   StartsWith(fmt::format("sboxes.csv:2: {} is {}, expected {}", column, cells[1][at],
                                          all.cell(sboxes, 1, column))) &&
                       EndsWith(fmt::format(": every {} is counted from 1, the standard counts from 0", column)));
    }
}

TEST_CASE("A block without its rounds has its causes, too", "[verify][slips]") {
    Export all(message(Mode::ecb, 1));
    all.keep({blocks});
    const std::uint64_t right = number(all.cell(blocks, 1, "preoutput"));
    const auto said = [&](std::uint64_t preoutput) {
        Cells cells = all.cells(blocks);
        cells[1][column_of(cells, "preoutput")] = hex(preoutput);
        cells[1][column_of(cells, "output")] = hex(des::final_permutation(preoutput));
        return all.with_cells(blocks, cells);
    };
    CHECK_THAT(said(right << 32 | right >> 32),
               StartsWith("blocks.csv:2: preoutput is ") && EndsWith(": the halves were not swapped after round 16"));
    CHECK_THAT(said(des::initial_permutation(through(number(all.cell(blocks, 1, "input")), Direction::decrypt))),
               StartsWith("blocks.csv:2: preoutput is ") && EndsWith(": the subkeys are in the opposite order"));
}

TEST_CASE("A wrong message number of a block is the wrong cell, not a key schedule that ends", "[verify][slips]") {
    Export all(message(Mode::ecb, 1));
    CHECK(all.with(blocks, 1, "message", "2") ==
          "blocks.csv:2: message is 2, expected 1 (message 1, encrypt, block 1)");
}

TEST_CASE("Multiplications that are all missing are told at the first bit", "[verify][slips]") {
    Export all(record_power({.base = Number(5), .exponent = Number(0x5B), .modulus = Number(1019)}));
    Cells squares = {all.cells(powers)[0]};
    const std::size_t action = column_of(squares, "action");
    for (const auto& row : all.cells(powers))
        if (row[action] == "square") squares.push_back(row);
    const std::size_t step = column_of(squares, "step");
    for (std::size_t row = 1; row < squares.size(); ++row) squares[row][step] = std::to_string(row);
    all.keep({powers});
    CHECK_THAT(all.with_cells(powers, squares),
               StartsWith("modexp.csv:3: ") && EndsWith("bit 1 is 1 and the multiplication by the base is missing"));
}

TEST_CASE("A decryption by the subkeys in the order of encryption is said to be a key stream's", "[verify]") {
    const TemporaryFolder folder;
    write_csv(message(Mode::ecb, 1), folder.path());
    for (const char* file : {"blocks.csv", "sboxes.csv"}) std::filesystem::remove(folder.path() / file);
    std::string text = read_text(folder.path() / rounds);
    for (std::size_t at = 0; (at = text.find("encrypt", at)) != std::string::npos;) text.replace(at, 7, "decrypt");
    write_text(folder.path() / rounds, text);
    const verify::Report report = verify::check(folder.path());
    REQUIRE_FALSE(report.wrong);
    CHECK(report.files.front().note == "the decryption takes K1 to K16 in this order, as only cfb, ofb and ctr do");
}

TEST_CASE("One short block is no ecb, and two digits of an IV are no slip", "[verify]") {
    const auto said = [](Mode mode, std::uint64_t iv, const Bytes& data, Direction direction) {
        Export all(record_des({key, mode, Padding::none}, direction, iv, data));
        return all.said();
    };
    for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
        for (const Mode mode : {Mode::ctr, Mode::ofb, Mode::cfb, Mode::cfb8})
            CHECK(said(mode, 1, {0x41}, direction) == "verified");
        CHECK(said(Mode::cbc, 0xFF, block_bytes(0x0123456789ABCDEF), direction) == "verified");
        CHECK(said(Mode::ecb, 0, block_bytes(0x0123456789ABCDEF), direction) == "verified");
    }
}

TEST_CASE("Two subkeys that are exchanged are those of other rounds; in cfb1 an input is a bit", "[verify][slips]") {
    Export all(message(Mode::ecb, 1));
    Cells cells = all.cells(schedule);
    const std::size_t subkey = column_of(cells, "subkey");
    std::swap(cells[5][subkey], cells[6][subkey]);
    CHECK_THAT(all.with_cells(schedule, cells), EndsWith(": it is the subkey of round 5"));
    Export bits(record_des({key, Mode::cfb1, Padding::none}, Direction::encrypt, 0xFF, Bytes{0x41}));
    bits.keep({blocks});
    CHECK(bits.with(blocks, 8, "input", "0x8") ==
          "blocks.csv:9: input is 0x08, expected 0x0 or 0x1 (message 1, encrypt, block 8)");
}
