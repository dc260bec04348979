// exchange.csv and the files beside it: for each check one file that violates exactly that one, and the very words.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"
#include "tests/support/traces.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

const std::string chat = "exchange.csv", powers = "modexp.csv", blocks = "blocks.csv", schedule = "keyschedule.csv";

Recording recording(std::size_t kind = 0) {
    Random random = Random::seeded("checks of an exchange");
    return random_exchanges(random).at(kind);
}

// The first row with these cells.
std::size_t row_of(const Export& all, const std::string& file,
                   const std::vector<std::pair<std::string, std::string>>& wanted) {
    for (std::size_t row = 1; row <= all.rows(file); ++row) {
        if (std::ranges::all_of(wanted, [&](const auto& one) { return all.cell(file, row, one.first) == one.second; }))
            return row;
    }
    FAIL("no such row");
    return 0;
}

Cells first_rows(const Cells& cells, std::size_t rows) {
    return {cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(rows) + 1};
}

} // namespace

TEST_CASE("Each column of exchange.csv is compared", "[verify][exchange]") {
    Export all(recording());
    for (const auto& [address, name] : {std::pair("keys/client.public", "modulus"),
                                        {"message.2/encrypt", "iv"},
                                        {"message.3/decode", "ciphertext"},
                                        {"message.4", "sender"}}) {
        const std::size_t row = row_of(all, chat, {{"address", address}, {"name", name}});
        const std::string where = fmt::format(" ({}, {})", address, name);
        CAPTURE(where);
        const auto named = [&](const std::string& column, const std::string& wrong, std::string right) {
            CHECK(all.with(chat, row, column, wrong) == all.named(chat, row, column, wrong, right + where));
        };
        const std::string party = all.cell(chat, row, "party");
        named("step", "999999", all.cell(chat, row, "step"));
        named("address", "message.9/unpad", address);
        named("party", party == "server" ? "client" : "server", party.empty() ? "an empty cell" : party);
        if (!party.empty()) named("party", "", party);
        named("name", "nobody", name);
        named("value", "zz", all.cell(chat, row, "value"));
    }
}

TEST_CASE("A frame of exchange.csv says what its message says", "[verify][exchange]") {
    Export all(recording());
    for (const char* address : {"message.1/frame", "message.1/decode"}) {
        const std::size_t row = row_of(all, chat, {{"address", address}, {"name", "line"}});
        const std::string line = all.cell(chat, row, "value");
        for (const char* field : {"\"seq\":1", "\"iv\":\"", "\"ciphertext\":\""}) {
            std::string wrong = line;
            const std::size_t at = wrong.find(field);
            REQUIRE(at != std::string::npos);
            char& one = wrong[at + std::string(field).size() - (field[1] == 's' ? 1 : 0)];
            one = one == '2' ? '3' : '2';
            CAPTURE(address, field);
            CHECK_THAT(all.with(chat, row, "value", wrong),
                       Catch::StartsWith(fmt::format("exchange.csv:{}: value is ", row + 1)) &&
                           Catch::EndsWith(fmt::format(" ({}, line)", address)));
        }
    }
}

TEST_CASE("A frame that stands in one row only is held against its message", "[verify][exchange]") {
    for (const Role role : every_role) {
        Export all(seen_by(role, recording()));
        REQUIRE(all.said() == "verified");
        const std::string address = role == Role::client ? "message.1/frame" : "message.3/frame";
        const std::size_t row = row_of(all, chat, {{"address", address}, {"name", "line"}});
        std::string wrong = all.cell(chat, row, "value");
        char& one = wrong[wrong.find("\"ciphertext\":\"") + 15];
        one = one == 'A' ? 'B' : 'A';
        CHECK_THAT(all.with(chat, row, "value", wrong),
                   Catch::StartsWith(fmt::format("exchange.csv:{}: value is {}", row + 1, R"({"type")")) &&
                       Catch::EndsWith(fmt::format(
                           ", expected a line with this message's seq, iv and ciphertext ({}, line)", address)));
    }
}

TEST_CASE("exchange.csv has all of its rows and no more", "[verify][exchange]") {
    Export all(recording());
    const std::size_t rows = all.rows(chat);
    const auto cell = [&](std::size_t row, const char* column) { return all.cell(chat, row, column); };
    CHECK_THAT(all.with_cells(chat, first_rows(all.cells(chat), rows - 1)),
               Catch::StartsWith(chat) && Catch::EndsWith(fmt::format(": the file ends, expected {}, {}",
                                                                      cell(rows, "address"), cell(rows, "name"))));
    Cells more = all.cells(chat);
    more.push_back(more.back());
    CHECK(all.with_cells(chat, more) == fmt::format("exchange.csv:{}: step is {}, expected no more rows ({})", rows + 2,
                                                    cell(rows, "step"), cell(rows, "address")));
}

TEST_CASE("A table of a handshake by hand is computed from its own numbers", "[verify][exchange]") {
    Export all(recording());
    all.keep({chat});
    const Cells right = {all.cells(chat)[0],
                         {"1", "parameters", "", "p", "23"},
                         {"1", "parameters", "", "g", "5"},
                         {"2", "keys/server.private", "server", "private_key", "6"},
                         {"3", "keys/server.public", "server", "base", "5"},
                         {"3", "keys/server.public", "server", "exponent", "6"},
                         {"3", "keys/server.public", "server", "modulus", "23"},
                         {"3", "keys/server.public", "server", "public_key", "8"},
                         {"4", "keys/client.private", "client", "private_key", "15"},
                         {"5", "keys/client.public", "client", "public_key", "19"},
                         {"6", "secret/server.shared", "server", "shared_secret", "2"},
                         {"7", "secret/client.shared", "client", "shared_secret", "0x2"}};
    const auto with = [&](std::size_t row, std::size_t column, const char* value) {
        Cells cells = right;
        cells[row][column] = value;
        return all.with_cells(chat, cells);
    };
    CHECK(all.with_cells(chat, right) == "verified");
    CHECK(with(7, 4, "9") == "exchange.csv:8: value is 9, expected 8 (keys/server.public, public_key)");
    CHECK(with(9, 4, "18") == "exchange.csv:10: value is 18, expected 19 (keys/client.public, public_key)");
    CHECK(with(11, 4, "3") == "exchange.csv:12: value is 3, expected 2 (secret/client.shared, shared_secret)");
    CHECK_THAT(with(4, 4, "7"),
               Catch::Contains("value is ") && Catch::EndsWith("nothing here tells which of them is wrong"));
    CHECK(with(3, 0, "1") == "exchange.csv:4: step is 1, expected more than 1 (keys/server.private)");
    CHECK(with(7, 0, "4") == "exchange.csv:8: step is 4, expected 3 (keys/server.public)");
    CHECK(with(9, 1, "key/client.public") ==
          "exchange.csv:10: address is key/client.public, expected the address of a step, such as keys/server.public");
    // Rows of an export, some of them.
    CHECK(all.with_cells(chat, {right[0],
                                {"2", "parameters", "", "group", "toy23"},
                                {"2", "parameters", "", "p", "23"},
                                {"2", "parameters", "", "g", "5"},
                                {"2", "parameters", "", "mode", "cbc"},
                                {"6", "keys/server.private", "server", "private_key", "6"},
                                {"7", "keys/server.public", "server", "public_key", "9"}}) ==
          "exchange.csv:7: value is 9, expected 8 (keys/server.public, public_key)");
    CHECK(all.with_cells(chat, {right[0],
                                {"1", "modexp", "", "base", "5"},
                                {"1", "modexp", "", "exponent", "6"},
                                {"1", "modexp", "", "modulus", "23"},
                                {"1", "modexp", "", "result", "9"}}) ==
          "exchange.csv:5: value is 9, expected 8 (modexp, result)");
    // Nothing is verified of which nothing can be said.
    CHECK_THROWS_WITH(all.with_cells(chat, {right[0], {"1", "connect", "", "x", "1"}}),
                      Catch::StartsWith("exchange.csv: nothing in it can be checked ("));
    // An honest table with words, too, and of inputs that cannot be right those are told, not what was made of them.
    CHECK(all.with_cells(chat, {right[0],
                                {"2", "parameters", "", "group", "toy23"},
                                {"2", "parameters", "", "p", "23"},
                                {"2", "parameters", "", "g", "5"},
                                {"2", "parameters", "", "kdf", "sha256"},
                                {"2", "parameters", "", "mode", "cbc"},
                                {"5", "keys", "", "server_public", "8"},
                                {"5", "keys", "", "client_public", "19"},
                                {"6", "keys/server.private", "server", "private_key", "6"},
                                {"10", "keys/client.private", "client", "private_key", "15"},
                                {"20", "secret", "", "server_shared", "2"},
                                {"20", "secret", "", "client_shared", "2"}}) == "verified");
    CHECK_THAT(
        all.with_cells(chat, {right[0],
                              {"3", "parameters", "", "p", "23"},
                              {"4", "parameters/server.choose", "", "g", "5"},
                              {"5", "keys/client.public", "client", "public_key", "18"},
                              {"6", "keys/client.private", "client", "private_key", "12"},
                              {"7", "secret/client.shared", "client", "exponent", "11"}}),
        Catch::Contains("nothing here tells which of them is wrong") && Catch::Contains("12") && Catch::Contains("11"));
    for (const char* p : {"24", "15", "0"})
        CHECK(all.with_cells(chat, {right[0],
                                    {"2", "keys", "", "client_public", "18"},
                                    {"3", "parameters", "", "p", p},
                                    {"4", "parameters/server.choose", "", "g", "5"},
                                    {"6", "keys/client.private", "client", "private_key", "12"}}) ==
              fmt::format("exchange.csv:3: value is {}, expected an odd prime, 5 or more (parameters, p)", p));
}

TEST_CASE("A mode or a key derivation that is wrong in every row is told", "[verify][exchange]") {
    Export all(recording());
    for (const auto& [name, wrong] : {std::pair("mode", "ecb"), {"mode", "banana"}, {"kdf", "md5"}}) {
        Cells cells = all.cells(chat);
        const std::size_t names = column_of(cells, "name"), values = column_of(cells, "value");
        std::string right;
        std::size_t first = 0;
        for (std::size_t row = 1; row < cells.size(); ++row) {
            if (cells[row][names] != name) continue;
            if (first == 0) first = row;
            right = cells[row][values];
            cells[row][values] = wrong;
        }
        CHECK_THAT(
            all.with_cells(chat, cells),
            Catch::StartsWith(fmt::format("exchange.csv:{}: value is {}, expected {} (", first + 1, wrong, right)));
    }
    // Values that are all the same tell nothing, and nothing is verified.
    Cells cells = all.cells(chat);
    for (std::size_t row = 1; row < cells.size(); ++row) cells[row][column_of(cells, "value")] = "0";
    CHECK_THAT(all.with_cells(chat, cells), Catch::Contains(": value is 0, expected an odd prime, 5 or more ("));
}

TEST_CASE("Blocks are held against exchange.csv", "[verify][exchange]") {
    Export all(recording());
    all.keep({chat, blocks});
    const std::size_t rows = all.rows(blocks);
    const std::string where = fmt::format("message {}, {}, block {}", all.cell(blocks, rows, "message"),
                                          all.cell(blocks, rows, "stage"), all.cell(blocks, rows, "block"));
    const Cells right = all.cells(blocks);
    CHECK(all.with_cells(blocks, first_rows(right, rows - 1)) ==
          fmt::format("blocks.csv:{}: the file ends, expected {}", rows + 1, where));
    CHECK(all.with_cells(blocks, first_rows(right, 0)) ==
          "blocks.csv:2: the file ends, expected message 1, encrypt, block 1");
    Cells more = right;
    more.push_back(more.back());
    more.back()[2] = "9";
    CHECK(all.with_cells(blocks, more) ==
          fmt::format("blocks.csv:{}: message is 4, expected no more rows (exchange.csv has no such block)", rows + 2));
    for (const char* column : {"message", "block"}) {
        CHECK(all.with(blocks, rows, column, "8") ==
              all.named(blocks, rows, column, "8", all.cell(blocks, rows, column) + " (" + where + ")"));
    }
    CHECK(all.with(blocks, rows, "stage", "encrypt") ==
          all.named(blocks, rows, "stage", "encrypt", "decrypt (" + where + ")"));
    // The whole block is another key's, or of another input: it agrees with itself, and with exchange.csv it does not.
    for (const char* column : {"key", "input"}) {
        Export one(recording());
        one.keep({chat, blocks});
        one.keep_columns(blocks, {"message", "stage", "block", column});
        const std::string value = one.cell(blocks, 1, column), wrong = altered(value, 5);
        CHECK_THAT(one.with(blocks, 1, column, wrong), Catch::StartsWith(one.named(blocks, 1, column, wrong, value)));
    }
}

TEST_CASE("An input is no longer than its segment, or than the message", "[verify][exchange]") {
    Export ctr(recording(1));
    const std::string input = ctr.cell(blocks, 1, "input");
    REQUIRE(input.size() < 18);
    const std::string longer = "0x00" + input.substr(2);
    CHECK(ctr.with(blocks, 1, "input", longer) ==
          ctr.named(blocks, 1, "input", longer,
                    fmt::format("{} byte{} (message 1, encrypt, block 1)", input.size() / 2 - 1,
                                input.size() == 4 ? "" : "s")));
    Random random = Random::seeded("segments");
    for (const Mode mode : {Mode::cfb8, Mode::cfb1}) {
        Export all(random_message(mode, Direction::encrypt, random));
        const std::string two =
            "0x00" + std::string(mode == Mode::cfb1 ? "0" : "") + all.cell(blocks, 2, "input").substr(2);
        CHECK(all.with(blocks, 2, "input", two) ==
              all.named(blocks, 2, "input", two, "1 byte (message 1, encrypt, block 2)"));
    }
}

TEST_CASE("A key schedule that breaks off is told where other files have its message", "[verify][exchange]") {
    Export all(recording());
    const Cells right = all.cells(schedule);
    REQUIRE(right.size() == 4 * 17 + 1);
    for (const bool with_exchange : {true, false}) {
        CAPTURE(with_exchange);
        if (!with_exchange) all.keep({blocks, schedule});
        CHECK(all.with_cells(schedule, first_rows(right, 67)) ==
              "keyschedule.csv:69: the file ends, expected message 4, round 16");
        CHECK(all.with_cells(schedule, first_rows(right, 51)) ==
              "keyschedule.csv:53: the file ends, expected message 4, round 0");
        CHECK(all.without(schedule, 34) == "keyschedule.csv:35: message is 3, expected 2 (message 2, round 16)");
    }
    Export beside(recording());
    Cells more = right;
    for (std::size_t row = 52; row < 69; ++row) {
        more.push_back(right[row]);
        more.back()[0] = "5";
    }
    CHECK(beside.with_cells(schedule, more) ==
          "keyschedule.csv:70: message is 5, expected no more rows (exchange.csv has no such message)");
    // By itself, or beside rounds that break off as well, a start may be all that somebody has computed.
    all.keep({schedule});
    CHECK(all.with_cells(schedule, first_rows(right, 4)) == "verified");
}

TEST_CASE("Each check of modexp.csv bites", "[verify][exchange]") {
    for (const bool with_exchange : {true, false}) {
        CAPTURE(with_exchange);
        Export all(recording());
        all.keep(with_exchange ? std::vector<std::string>{chat, powers} : std::vector<std::string>{powers});
        const std::size_t row = row_of(all, powers, {{"operation", "keys/client.public"}, {"bit_index", "2"}});
        const std::string step = all.cell(powers, row, "step"), where = " (keys/client.public, step " + step + ")";
        const auto check = [&](const std::string& column, const std::string& wrong, const std::string& right) {
            CHECK(all.with(powers, row, column, wrong) == all.named(powers, row, column, wrong, right + where));
        };
        check("step", "99", step);
        check("bit_index", "9", "2");
        check("action", "cube", "square or multiply");
        check("bit", "2", "0 or 1");
        check("value", "x", "a decimal number, or hex with 0x");
        check("value", "", "a decimal number, or hex with 0x");
        check("operation", "secret/server.shared", "keys/client.public");
        const std::string bit = all.cell(powers, row, "bit");
        check("bit", bit == "1" ? "0" : "1", bit);
        check("action", "multiply", "square");
        if (!with_exchange) continue;
        const std::string value = all.cell(powers, row, "value");
        CHECK_THAT(all.with(powers, row, "value", "22"),
                   Catch::StartsWith(all.named(powers, row, "value", "22", value)));
        const std::size_t rows = all.rows(powers);
        const std::string last = all.cell(powers, rows, "operation");
        CHECK(all.with_cells(powers, first_rows(all.cells(powers), rows - 1)) ==
              fmt::format("modexp.csv:{}: the file ends, expected {}, step {}", rows + 1, last,
                          all.cell(powers, rows, "step")));
        CHECK_THAT(all.with_cells(powers, first_rows(all.cells(powers), 0)),
                   Catch::EndsWith("the file ends, expected keys/server.public, step 1"));
        Cells more = all.cells(powers);
        more.push_back(more.back());
        more.back()[1] = std::to_string(std::stoul(more.back()[1]) + 1);
        CHECK(all.with_cells(powers, more) ==
              fmt::format("modexp.csv:{}: step is {}, expected no more rows ({}, step {})", rows + 2, more.back()[1],
                          last, more.back()[1]));
        more.back()[0] = "modexp";
        more.back()[1] = "1";
        CHECK(all.with_cells(powers, more) ==
              fmt::format("modexp.csv:{}: operation is modexp, expected no more rows (modexp, step 1)", rows + 2));
        CHECK_THAT(all.with(powers, 1, "operation", "modexp"),
                   Catch::StartsWith("modexp.csv:2: operation is modexp, expected keys/server.public"));
    }
}

TEST_CASE("modexp.csv alone names its operations, and tells squarings from multiplications", "[verify][exchange]") {
    Export all(recording());
    all.keep({powers});
    CHECK(all.with(powers, 1, "operation", "power") ==
          "modexp.csv:2: operation is power, expected the address of a modular exponentiation (row, step 1)");
    all.keep_columns(powers, {"operation", "step", "bit", "value"});
    CHECK_THROWS_WITH(all.said(),
                      "modexp.csv has no column action (nothing tells squarings from multiplications; add it "
                      "or bit_index)");
}
