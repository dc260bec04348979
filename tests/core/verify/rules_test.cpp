// Each rule of docs/trace-format.md alone: of the files only the columns that it joins are there, so that no other rule
// finds the wrong cell in its place.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"
#include "tests/support/traces.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

using Columns = std::vector<std::string>;
using Files = std::vector<std::pair<std::string, Columns>>; // besides the counters

const Columns counters{"message", "stage", "block", "round", "box"};

void keep(Export& all, const Files& files) {
    std::vector<std::string> names;
    for (const auto& [file, columns] : files) names.push_back(file);
    all.keep(names);
    for (const auto& [file, columns] : files) {
        Columns kept;
        for (const std::string& column : all.cells(file)[0]) {
            const bool wanted = std::ranges::find(columns, column) != columns.end();
            if (wanted || std::ranges::find(counters, column) != counters.end()) kept.push_back(column);
        }
        all.keep_columns(file, kept);
    }
}

struct Rule {
    Files files;
    std::string file, column;
    std::size_t row = 1;
};

// The cell is named with what it should be, alone or among those that do not fit together.
void bites(const Recording& recording, const Rule& rule) {
    Export all(recording);
    keep(all, rule.files);
    CAPTURE(fmt::format("{}", fmt::join(rule.files.front().second, ",")), rule.column, rule.row);
    REQUIRE(all.said() == "verified");
    const std::string right = all.cell(rule.file, rule.row, rule.column);
    for (std::uint64_t i = 0; i < 3; ++i) {
        // A decimal number stays within its few bits.
        const std::string changed =
            right.starts_with("0x") ? altered(right, 7 * i + 1) : std::to_string(std::stoul(right) ^ 1);
        const std::string said = all.with(rule.file, rule.row, rule.column, changed);
        CAPTURE(right, changed);
        if (said.find("do not fit together") == std::string::npos) {
            CHECK_THAT(said, Catch::StartsWith(all.named(rule.file, rule.row, rule.column, changed, right)));
        } else {
            CHECK((said.find(fmt::format("{} should be {}", rule.column, right)) != std::string::npos ||
                   said.find(fmt::format("{} {}", rule.column, right)) != std::string::npos));
            CHECK_THAT(said, Catch::StartsWith(rule.file + ":") &&
                                 Catch::EndsWith("nothing here tells which of them is wrong"));
        }
    }
}

const std::string blocks = "blocks.csv", rounds = "rounds.csv", sboxes = "sboxes.csv", schedule = "keyschedule.csv";

} // namespace

TEST_CASE("Each rule of a round bites alone", "[verify][rules]") {
    Random random = Random::seeded("rules of a round");
    const Direction direction = GENERATE(Direction::encrypt, Direction::decrypt);
    const Recording message = random_message(Mode::ecb, direction, random);
    const auto round = [&](const Columns& columns, const std::string& column, std::size_t row) {
        bites(message, {{{rounds, columns}}, rounds, column, row});
    };
    for (const std::size_t row : {1U, 9U, 32U}) {
        round({"right_in", "expanded"}, "expanded", row);
        round({"expanded", "subkey", "mixed"}, "mixed", row);
        round({"mixed", "s_out"}, "s_out", row);
        round({"s_out", "p_out"}, "p_out", row);
        round({"right_in", "left_out"}, "left_out", row);
        round({"left_in", "p_out", "right_out"}, "right_out", row);
        if (direction == Direction::encrypt) round({"subkey"}, "subkey", row);
    }
    for (const std::size_t row : {2U, 16U, 30U}) {
        round({"left_in", "left_out"}, "left_in", row);
        round({"right_in", "right_out"}, "right_in", row);
    }
}

TEST_CASE("Each rule of an S-box bites alone", "[verify][rules]") {
    Random random = Random::seeded("rules of a box");
    const Recording message = random_message(Mode::ecb, Direction::encrypt, random);
    const auto box = [&](const Columns& columns, const std::string& column, std::size_t row) {
        bites(message, {{{sboxes, columns}}, sboxes, column, row});
    };
    for (const std::size_t row : {1U, 8U, 131U}) {
        for (const char* column : {"row", "column"}) {
            Export all(message);
            all.keep({sboxes});
            const std::string right = all.cell(sboxes, row, column);
            const std::string changed = right == "0" ? "1" : "0";
            Columns kept = counters;
            kept.insert(kept.end(), {"input", column});
            all.keep_columns(sboxes, kept);
            CHECK_THAT(all.with(sboxes, row, column, changed),
                       Catch::StartsWith(fmt::format("sboxes.csv:{}: {} ", row + 1, column)) &&
                           Catch::Contains(" " + right) && Catch::Contains("box "));
        }
        box({"row", "column", "output"}, "output", row);
        bites(message, {{{sboxes, {"input"}}, {rounds, {"mixed"}}}, sboxes, "input", row});
        bites(message, {{{sboxes, {"output"}}, {rounds, {"s_out"}}}, rounds, "s_out", row / 8 + 1});
    }
}

TEST_CASE("Each rule between a block and its rounds bites alone", "[verify][rules]") {
    Random random = Random::seeded("rules of a block");
    const Direction direction = GENERATE(Direction::encrypt, Direction::decrypt);
    const Recording message = random_message(Mode::ecb, direction, random);
    const auto block = [&](const Columns& columns, const std::string& column) {
        for (const std::size_t row : {1U, 3U}) bites(message, {{{blocks, columns}}, blocks, column, row});
    };
    block({"input", "chained"}, "chained");
    block({"chained", "after_ip"}, "after_ip");
    block({"preoutput", "output"}, "output");
    block({"key", "chained", "preoutput"}, "preoutput");
    block({"key", "chained", "output"}, "output");
    block({"key"}, "key");
    for (const char* half : {"left_in", "right_in"})
        bites(message, {{{blocks, {"after_ip"}}, {rounds, {half}}}, rounds, half, 17});
    bites(message, {{{blocks, {"preoutput"}}, {rounds, {"left_out", "right_out"}}}, blocks, "preoutput", 2});
    bites(message, {{{blocks, {"key"}}, {rounds, {"subkey"}}}, rounds, "subkey", 20});
    bites(message, {{{schedule, {"subkey"}}, {rounds, {"subkey"}}}, rounds, "subkey", 20});
}

TEST_CASE("Each rule of chaining bites alone", "[verify][rules]") {
    Random random = Random::seeded("rules of chaining");
    const auto chained = [&](Mode mode, Direction direction, const Columns& columns) {
        CAPTURE(name(mode), name(direction));
        bites(random_message(mode, direction, random), {{{blocks, columns}}, blocks, "chained", 2});
    };
    chained(Mode::cbc, Direction::encrypt, {"input", "chained", "output"});
    chained(Mode::cbc, Direction::decrypt, {"input", "chained"});
    chained(Mode::ctr, Direction::encrypt, {"input", "chained", "key", "output"});
    chained(Mode::ofb, Direction::decrypt, {"chained", "input", "output"});
    chained(Mode::cfb, Direction::encrypt, {"chained", "input", "output"});
    chained(Mode::cfb, Direction::decrypt, {"chained", "input", "output"});
}

TEST_CASE("Each rule of a key schedule bites alone", "[verify][rules]") {
    Random random = Random::seeded("rules of a key schedule");
    const Recording message = random_message(Mode::ecb, Direction::encrypt, random);
    for (const std::size_t row : {1U, 2U, 10U, 17U}) {
        bites(message, {{{schedule, {"shift", "c"}}}, schedule, "shift", row});
        bites(message, {{{schedule, {"c"}}}, schedule, "c", row});
        bites(message, {{{schedule, {"d"}}}, schedule, "d", row});
        if (row > 1) bites(message, {{{schedule, {"c", "d", "subkey"}}}, schedule, "subkey", row});
        if (row > 1) bites(message, {{{schedule, {"subkey"}}}, schedule, "subkey", row});
    }
    // Sixteen rounds turn both halves once around: that proves the first and the last.
    for (const char* half : {"c", "d"}) {
        Export all(message);
        keep(all, {{schedule, {half}}});
        for (const std::size_t row : {1U, 17U}) {
            const std::string right = all.cell(schedule, row, half), changed = altered(right, 3);
            CHECK_THAT(all.with(schedule, row, half, changed),
                       Catch::StartsWith(all.named(schedule, row, half, changed, right)));
        }
    }
    for (const char* half : {"c", "d"})
        bites(message, {{{schedule, {"c", "d"}}, {blocks, {"key"}}}, schedule, half, 1});
}
