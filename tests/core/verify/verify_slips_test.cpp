// Mistakes that are made in every class, carried through whole tables: verify names the cell where the mistake was made
// and what was done wrong.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdio>
#include <sstream>

#include "core/base/bits.hpp"
#include "core/csv/csv.hpp"
#include "core/des/des.hpp"
#include "core/verify/slips/selection_slip.hpp"
#include "core/verify/verify.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/student.hpp"
#include "tests/support/verdict.hpp"

using namespace keyhole;
using keyhole::testing::read_text;
using keyhole::testing::Student;
using keyhole::testing::TemporaryFolder;
using keyhole::testing::write_text;
using verify::mirrored;

namespace {

using Files = std::vector<const char*>;
const Files all_files{"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv"}, only_rounds{"rounds.csv"};

std::string verdict(const Student& student, const Files& files) {
    const TemporaryFolder folder;
    student.write(folder.path(), files);
    return keyhole::testing::verdict(folder.path());
}

// The cell and the cause, whichever of the files are there.
void blames(const Student& student, const std::string& cell, const std::string& cause, const Files& files) {
    const std::string right = verdict(Student(), files), said = verdict(student, files);
    CHECK(right == "verified");
    CHECK_THAT(said, Catch::StartsWith(cell) && Catch::Contains(", expected ") && Catch::EndsWith(cause));
}

std::uint32_t half(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

} // namespace

TEST_CASE("A row of an S-box that is chosen by the wrong bits is named", "[verify][slips]") {
    Student student;
    student.row = [](unsigned six) { return six >> 4; };
    student.column = [](unsigned six) { return six & 15; };
    const std::string first = "the first two bits chose the row and the last four the column";
    for (const Files& files : std::vector<Files>{all_files, {"sboxes.csv"}, {"rounds.csv", "sboxes.csv"}}) {
        const std::string said = verdict(student, files);
        CHECK_THAT(said, Catch::StartsWith("sboxes.csv:") && Catch::Contains(": row is ") && Catch::Contains(first));
    }
    blames(student, "rounds.csv:2: s_out is ", first, only_rounds);
    student.row = [](unsigned six) { return six & 3; };
    student.column = [](unsigned six) { return six >> 2; };
    blames(student, "rounds.csv:2: s_out is ", "the last two bits chose the row and the first four the column",
           only_rounds);
    student = Student();
    student.row = [](unsigned six) { return (six & 1) << 1 | six >> 5; };
    blames(student, "rounds.csv:2: s_out is ", "the two bits of the row were swapped", only_rounds);
    student = Student();
    student.box = [](unsigned box) { return 9 - box; };
    blames(student, "rounds.csv:2: s_out is ", "the boxes were taken in the opposite order", only_rounds);
    const std::string said = verdict(student, {"sboxes.csv"});
    CHECK_THAT(said, Catch::StartsWith("sboxes.csv:") && Catch::Contains(": output is ") &&
                         Catch::Contains("the boxes were taken in the opposite order; input "));
}

TEST_CASE("A shift by the wrong count is named in every round and by every file", "[verify][slips]") {
    for (unsigned round = 1; round <= 16; ++round) {
        CAPTURE(round);
        Student student;
        const unsigned right = student.shifts[round - 1], wrong = right == 1 ? 2 : 1;
        student.shifts[round - 1] = wrong;
        const auto line = round + 1;
        blames(student, fmt::format("keyschedule.csv:{}: c is ", line + 1),
               fmt::format("it was turned by {} instead of {}", wrong, right), {"rounds.csv", "keyschedule.csv"});
        const std::string words = fmt::format("C and D were turned by {} instead of {} in round {}",
                                              wrong == 1 ? "1 place" : "2 places", right, round);
        blames(student, fmt::format("rounds.csv:{}: subkey is ", line), words, {"blocks.csv", "rounds.csv"});
        // Without the key all subkeys after another first shift are those of another key.
        if (round == 1) {
            CHECK(verdict(student, only_rounds) == "verified");
        } else {
            blames(student, fmt::format("rounds.csv:{}: subkey is ", line), words, only_rounds);
        }
        student.writes_shifts = true;
        blames(student, fmt::format("keyschedule.csv:{}: shift is {}", line + 1, wrong),
               "C and D were turned by that count", {"keyschedule.csv"});
    }
}

TEST_CASE("Other mistakes in the key schedule are named", "[verify][slips]") {
    Student student;
    student.turn = [](auto value, unsigned shift) { return std::uint64_t{des::rotate_28(half(value), 28 - shift)}; };
    blames(student, "keyschedule.csv:3: c is ", "it was turned to the right", all_files);
    blames(student, "rounds.csv:2: subkey is ", "C and D were turned to the right", {"blocks.csv", "rounds.csv"});
    student = Student();
    student.choice_2 = [](auto c, auto d) { return (c << 28 | d) >> 8; };
    blames(student, "keyschedule.csv:3: subkey is ", "PC-2 was left out", all_files);
    blames(student, "rounds.csv:2: subkey is ", "PC-2 was left out", {"blocks.csv", "rounds.csv"});
    student.choice_2 = [](auto c, auto d) { return des::permuted_choice_2(half(d), half(c)); };
    blames(student, "keyschedule.csv:3: subkey is ", "C and D were swapped before PC-2", all_files);
    student = Student();
    student.choice_1 = [](auto key) { return des::permuted_choice_1(mirrored(key, 64)); };
    blames(student, "keyschedule.csv:2: c is ", "PC-1 counted the bits from the other end", all_files);
    blames(student, "rounds.csv:2: subkey is ", "PC-1 counted the bits from the other end",
           {"blocks.csv", "rounds.csv"});
    student = Student();
    student.subkey_number = [](unsigned round) { return 17 - round; };
    for (const Files& files : std::vector<Files>{all_files, {"blocks.csv", "rounds.csv"}}) {
        blames(student, "rounds.csv:2: subkey is ", "the subkeys are in the opposite order", files);
    }
    // Without the key other slips make the same.
    CHECK_THAT(verdict(student, only_rounds),
               Catch::StartsWith("rounds.csv:2: the subkeys do not come from one key: ") &&
                   Catch::Contains("C and D were turned to the right, or ") &&
                   Catch::Contains("the subkeys are in the opposite order") && Catch::Contains("it cannot be said"));
}

TEST_CASE("Mistakes in a round are named", "[verify][slips]") {
    const auto in_round = [](const Student& student, const std::string& column, const std::string& cause) {
        for (const Files& files : std::vector<Files>{all_files, {"rounds.csv", "keyschedule.csv"}, only_rounds}) {
            blames(student, fmt::format("rounds.csv:2: {} is ", column), cause, files);
        }
    };
    Student student;
    student.expand = [](auto left, auto) { return des::expansion(half(left)); };
    in_round(student, "expanded", "E was applied to the left half");
    student.expand = [](auto, auto right) { return right << 16; };
    in_round(student, "expanded", "E was left out");
    student.expand = [](auto, auto right) { return des::expansion(half(mirrored(right, 32))); };
    in_round(student, "expanded", "E counted the bits from the other end");
    student = Student();
    student.mix = [](auto expanded, auto subkey) { return expanded | subkey; };
    in_round(student, "mixed", "the subkey was joined by OR instead of XOR");
    student = Student();
    student.permute = [](auto s_out) { return s_out; };
    in_round(student, "p_out", "P was left out");
    student.permute = [](auto s_out) { return mirrored(des::permutation(half(mirrored(s_out, 32))), 32); };
    in_round(student, "p_out", "P counted the bits from the other end");
    student = Student();
    student.right_out = [](auto, auto, auto p_out) { return p_out; };
    in_round(student, "right_out", "the XOR with left_in was left out");
    student.right_out = [](auto, auto right, auto p_out) { return right ^ p_out; };
    in_round(student, "right_out", "p_out was XORed with right_in instead of left_in");
    student = Student();
    student.left_out = [](auto left, auto, auto p_out) { return left ^ p_out; };
    student.right_out = [](auto, auto right, auto) { return right; };
    for (const Files& files : std::vector<Files>{all_files, only_rounds}) {
        CHECK_THAT(verdict(student, files), Catch::StartsWith("rounds.csv:2: left_out is ") &&
                                                Catch::Contains("left_out and right_out are swapped"));
    }
}

TEST_CASE("Mistakes around the rounds are named", "[verify][slips]") {
    Student student;
    student.initial = [](auto block) { return block; };
    blames(student, "blocks.csv:2: after_ip is ", "IP was left out", all_files);
    student.initial = [](des::Block block) { return des::final_permutation(block); };
    blames(student, "blocks.csv:2: after_ip is ", "IP^-1 was applied instead of IP", all_files);
    student = Student();
    student.end = [](auto left, auto right) { return left << 32 | right; };
    blames(student, "blocks.csv:2: preoutput is ", "the halves were not swapped after round 16", all_files);
    student = Student();
    student.final = [](auto preoutput) { return preoutput; };
    blames(student, "blocks.csv:2: output is ", "IP^-1 was left out", all_files);
}

TEST_CASE("A key that is written down wrongly is told by its subkeys, with the parity that it has", "[verify][slips]") {
    const TemporaryFolder folder;
    const Student student;
    const auto write = [&](const Files& files) {
        student.write(folder.path(), files);
        std::string blocks = read_text(folder.path() / "blocks.csv");
        blocks.replace(blocks.find("0x5B5A57676A56676E"), 18, "0x5B5A57676A56676C");
        write_text(folder.path() / "blocks.csv", blocks);
        return verify::check(folder.path()).wrong->text();
    };
    CHECK(write({"blocks.csv", "rounds.csv"}) ==
          "blocks.csv:2: key is 0x5B5A57676A56676C, expected 0x5B5A57676A56676E (message 1, encrypt, block 1)");
    // Or PC-1 went wrong, and all that follows came from it.
    CHECK_THAT(write(all_files), Catch::StartsWith("blocks.csv:2: key and keyschedule.csv:2 d do not fit together") &&
                                     Catch::Contains("key should be 0x5B5A57676A56676E, or d 0x"));
}

TEST_CASE("Rows that the wrong bits chose are named where only they were written down, and in one box alone",
          "[verify][slips]") {
    const TemporaryFolder folder;
    write_csv(samples::workbench(Direction::encrypt, Mode::ecb, 8), folder.path());
    const std::string right = read_text(folder.path() / "sboxes.csv");
    const auto with_rows = [&](const auto& change) {
        std::istringstream in(right);
        std::string out, line;
        std::getline(in, line);
        out = line + "\n";
        while (std::getline(in, line)) {
            std::array<unsigned, 7> n{};
            REQUIRE(std::sscanf(line.c_str(), "1,encrypt,%u,%u,%u,%u,%u,%u,%u", &n[0], &n[1], &n[2], &n[3], &n[4],
                                &n[5], &n[6]) == 7);
            // block, round, box, input, row, column, output
            change(n);
            out += fmt::format("1,encrypt,{}\n", fmt::join(n, ","));
        }
        write_text(folder.path() / "sboxes.csv", out);
        return keyhole::testing::verdict(folder.path());
    };
    CHECK_THAT(with_rows([](auto& n) { n[4] = (n[3] & 1) << 1 | n[3] >> 5; }),
               Catch::StartsWith("sboxes.csv:") && Catch::Contains(": row is ") &&
                   Catch::Contains("the two bits of the row were swapped"));
    unsigned changed = 0;
    CHECK_THAT(with_rows([&](auto& n) {
                   const unsigned wrong = n[3] >> 4;
                   if (changed > 0 || wrong == n[4]) return;
                   ++changed;
                   n[4] = wrong;
                   n[6] =
                       des::select(n[2], static_cast<std::uint8_t>((wrong >> 1) << 5 | n[5] << 1 | (wrong & 1))).output;
               }),
               Catch::StartsWith("sboxes.csv:") && Catch::Contains(": row is ") &&
                   Catch::Contains("the first two bits chose the row"));
}
