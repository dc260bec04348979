// verify and files that were not exported: hand-made, in other spellings, in part, or no CSV at all.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/csv/csv.hpp"
#include "core/csv/csv_headers.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/verdict.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::testing;

namespace {

const std::string rounds_header = std::string(csv::rounds_header) + "\n";

Failure failure(const fs::path& folder) {
    try {
        verify::check(folder);
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find('\n') == std::string::npos);
        return error.failure();
    }
    return Failure::answer_no;
}

Failure failure_alone(const std::string& name, const std::string& text) {
    const TemporaryFolder folder;
    write_text(folder.path() / name, text);
    return failure(folder.path());
}

// J. Orlin Grabbe's example, rounds 1 and 2 by hand.
const std::string round_1 =
    "1,encrypt,1,1,cc00ccff,F0AAF0AA,7A15557A1555,1B02EFFC7072,6117BA866527,5C82B597,234AA9BB,F0AAF0AA,EF4A6544\n";
const std::string round_2 =
    "1,encrypt,1,2,0xF0AAF0AA,0xEF4A6544,75EA5430AA09,79AED9DBC9E5,0C448DEB63EC,F8D03AAE,3CAB87A3,EF4A6544,CC017709\n";

} // namespace

TEST_CASE("A hand-made start of rounds.csv verifies in any spelling", "[verify]") {
    CHECK(alone("rounds.csv", rounds_header + round_1 + round_2) == "verified");
    CHECK(alone("rounds.csv", "\xEF\xBB\xBF" + rounds_header + round_1 + "\n\n") == "verified");
    CHECK(alone("sboxes.csv",
                "note,output,column,row,input,box,round,block,stage,message\r\n"
                "\"first, \"\"easy\"\"\r\none\",5,12,1,\"011000\",1,1,1,encrypt,1") !=
          "verified"); // one box alone is not a round
}

TEST_CASE("The step that was computed wrongly is named, not what was made of it", "[verify]") {
    // S(mixed) wrong in one digit, P and the XOR right for that wrong value.
    std::string wrong = round_1;
    wrong.replace(wrong.find("5C82B597,234AA9BB"), 17, "5C82B596,234AA93B");
    wrong.replace(wrong.find("EF4A6544"), 8, "EF4A65C4");
    CHECK(alone("rounds.csv", rounds_header + wrong) ==
          "rounds.csv:2: s_out is 0x5C82B596, expected 0x5C82B597 (message 1, encrypt, block 1, round 1)");
}

TEST_CASE("Rows that are missing, repeated or out of order are named by their counter", "[verify]") {
    CHECK(alone("rounds.csv", rounds_header + round_2) ==
          "rounds.csv:2: round is 2, expected 1 (message 1, encrypt, block 1, round 1)");
    CHECK(alone("rounds.csv", rounds_header + round_1 + round_1) ==
          "rounds.csv:3: round is 1, expected 2 (message 1, encrypt, block 1, round 2)");
    const TemporaryFolder folder;
    write_csv(record_des({1, Mode::ecb, Padding::none}, Direction::encrypt, 0, Bytes(16)), folder.path());
    std::string rounds = read_text(folder.path() / "rounds.csv");
    write_text(folder.path() / "rounds.csv", rounds.substr(0, rounds.rfind("1,encrypt,2,16")));
    CHECK_THAT(verdict(folder.path()), Catch::Contains("rounds.csv") && Catch::Contains("the file ends") &&
                                           Catch::Contains("block 2, round 16"));
    write_text(folder.path() / "rounds.csv", rounds + "1,encrypt,3,1,0,0,0,0,0,0,0,0,0\r\n");
    CHECK_THAT(verdict(folder.path()), Catch::StartsWith("rounds.csv:34: message is 1, expected no more rows"));
}

TEST_CASE("A cell that is no value is a wrong cell", "[verify]") {
    std::string wrong = round_1;
    wrong.replace(wrong.find("5C82B597"), 8, "zz");
    CHECK_THAT(alone("rounds.csv", rounds_header + wrong), Catch::StartsWith("rounds.csv:2: s_out is zz, expected"));
    CHECK_THAT(alone("modexp.csv", std::string(csv::modexp_header) + "\nmodexp,1,1,1,square,\x1b[31m\n"),
               Catch::StartsWith("modexp.csv:2: value is \\x1B[31m, expected"));
    CHECK_THAT(alone("keyschedule.csv", std::string(csv::keyschedule_header) + "\n1,0,1,0x0000000,0x0000000,\n"),
               Catch::StartsWith("keyschedule.csv:2: shift is 1, expected 0"));
}

TEST_CASE("What is no CSV of ours is bad input, what cannot be read is the file's fault", "[verify]") {
    CHECK(failure_alone("rounds.csv", "") == Failure::bad_input);
    CHECK(failure_alone("rounds.csv", "message,stage\n1,encrypt\n") == Failure::bad_input);
    CHECK(failure_alone("rounds.csv", rounds_header + "1,encrypt,1,1\n") == Failure::bad_input);
    CHECK(failure_alone("rounds.csv", rounds_header + "\"1,encrypt") == Failure::bad_input);
    CHECK(failure_alone("rounds.csv", rounds_header + "1,en\"crypt,1,1") == Failure::bad_input);
    CHECK(failure_alone("rounds.csv", rounds_header + "\"1\"x,encrypt,1,1") == Failure::bad_input);
    CHECK(failure_alone("other.csv", "a,b\n") == Failure::bad_input);
    const TemporaryFolder folder;
    write_text(folder.path() / "file", "");
    CHECK(failure(folder.path() / "file") == Failure::bad_input);
    CHECK(failure(folder.path() / "absent") == Failure::io);
    fs::create_directory(folder.path() / "rounds.csv");
    CHECK(failure(folder.path()) == Failure::io);
}

TEST_CASE("What one side of an exchange saw verifies", "[verify]") {
    const Role role = GENERATE(Role::server, Role::client);
    const TemporaryFolder folder;
    const Recording both =
        exchange("modp768", dh::Kdf::sha256, Mode::cbc, {{Role::client, "a"}, {Role::server, ""}, {Role::client, "b"}});
    write_csv(seen_by(role, both), folder.path());
    CHECK(verdict(folder.path()) == "verified");
}

TEST_CASE("An altered value of exchange.csv is named", "[verify]") {
    const TemporaryFolder folder;
    write_csv(exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, "hi"}}), folder.path());
    const fs::path file = folder.path() / "exchange.csv";
    const std::string text = read_text(file);
    for (const char* cell :
         {"parameters,,p,23", "keys/server.private,server,private_key,", "message.1/encode,client,text,hi",
          "message.1/encode,client,plaintext,0x6869", "secret/client.derive,client,kdf,sha256",
          "message.1/pad,client,length,2", "parameters/server.choose,server,kdf,sha256"}) {
        CAPTURE(cell);
        const std::size_t at = text.find(cell);
        if (at == std::string::npos) continue;
        const std::size_t end = text.find("\r\n", at);
        std::string changed = text;
        changed[end - 1] = changed[end - 1] == '7' ? '8' : '7';
        write_text(file, changed);
        const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
        CHECK_THAT(verdict(folder.path()), Catch::StartsWith(fmt::format("exchange.csv:{}: value is ", line)));
    }
}

TEST_CASE("One file alone verifies whatever it is called, and its columns say what it is", "[verify]") {
    const TemporaryFolder folder;
    write_csv(samples::exchange(), folder.path());
    const fs::path other = folder.path() / "elsewhere";
    fs::create_directory(other);
    for (const char* table :
         {"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv", "modexp.csv", "exchange.csv"}) {
        INFO(table);
        CHECK_FALSE(verify::check(folder.path() / table).wrong);
        fs::copy(folder.path() / table, other / "homework.txt", fs::copy_options::overwrite_existing);
        const verify::Report report = verify::check(other / "homework.txt");
        CHECK_FALSE(report.wrong);
        REQUIRE(report.files.size() == 1);
        CHECK(report.files[0].name == "homework.txt");
    }
    write_text(other / "homework.txt", "round,subkey\n1,000000000000\n2,000000000001\n");
    CHECK(verify::check(other / "homework.txt").wrong->text().starts_with("homework.txt:"));
    write_text(other / "homework.txt", "colour,taste\nred,sweet\n");
    CHECK_THROWS_WITH(verify::check(other / "homework.txt"), Catch::Contains("is no table of a trace"));
    write_text(other / "homework.txt", "");
    CHECK_THROWS_WITH(verify::check(other / "homework.txt"), Catch::Contains("is empty"));
}

TEST_CASE("A text that was not chained is named in every mode, however few blocks there are", "[verify]") {
    for (const Mode mode : {Mode::cbc, Mode::cfb, Mode::ofb, Mode::ctr}) {
        for (const std::size_t size : {12U, 20U}) {
            INFO(name(mode) << ", " << size);
            const TemporaryFolder folder;
            const Recording recording = samples::workbench(Direction::encrypt, mode, size);
            write_csv(recording, folder.path());
            std::string table = read_text(folder.path() / "blocks.csv");
            std::vector<std::string> cells;
            const std::size_t row = table.find("1,encrypt,2,"), end = table.find("\r\n", row);
            std::string line = table.substr(row, end - row);
            for (std::size_t at = 0; at < line.size();) {
                const std::size_t comma = std::min(line.find(',', at), line.size());
                cells.push_back(line.substr(at, comma - at));
                at = comma + 1;
            }
            const std::string right = std::exchange(cells[5], cells[4].substr(0, 18));
            if (cells[5].size() < 18) continue; // the last block of a key stream may be short
            table.replace(row, end - row, fmt::format("{}", fmt::join(cells, ",")));
            write_text(folder.path() / "blocks.csv", table);
            const auto wrong = verify::check(folder.path()).wrong;
            REQUIRE(wrong);
            CHECK_THAT(wrong->text(), Catch::StartsWith("blocks.csv:3: chained is " + cells[5]) &&
                                          Catch::Contains("expected " + right));
        }
    }
}
