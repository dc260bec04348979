// Every cell of every CSV file against OpenSSL's DES and arithmetic done apart from the writer.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/csv/csv.hpp"

#include <fmt/format.h>
#include <openssl/des.h>

#include <map>
#include <random>
#include <set>

#include "core/base/error.hpp"
#include "core/csv/csv_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::testing;

namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> read_rows(const fs::path& path) {
    csv::Reader reader(path);
    REQUIRE(reader.next());
    std::vector<std::string> header;
    for (std::size_t i = 0; i < reader.size(); ++i) header.emplace_back(reader.cell(i));
    std::vector<Row> out;
    while (reader.next()) {
        Row row;
        for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = std::string(reader.cell(i));
        out.push_back(std::move(row));
    }
    return out;
}

std::uint64_t hex(const std::string& cell) { return std::stoull(cell, nullptr, 16); }

std::uint64_t openssl_des(std::uint64_t key, std::uint64_t block, bool encrypt) {
    DES_cblock key_bytes, in, out;
    store_block(key, key_bytes);
    store_block(block, in);
    DES_key_schedule schedule;
    DES_set_key_unchecked(&key_bytes, &schedule);
    DES_ecb_encrypt(&in, &out, &schedule, encrypt ? DES_ENCRYPT : DES_DECRYPT);
    return load_block(out);
}

Bytes random_bytes(std::mt19937_64& random, std::size_t size) {
    Bytes out(size);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
    return out;
}

// The rows of one block follow from its key and chained block; OpenSSL says what comes out.
void check_block(const Row& block, std::span<const Row> rounds, std::span<const Row> sboxes, bool forwards) {
    const std::uint64_t chained = hex(block.at("chained"));
    CHECK(hex(block.at("output")) == openssl_des(hex(block.at("key")), chained, forwards));
    CHECK(rounds[0].at("left_in") + rounds[0].at("right_in").substr(2) == block.at("after_ip"));
    CHECK(rounds[15].at("right_out") + rounds[15].at("left_out").substr(2) == block.at("preoutput"));
    for (std::size_t n = 0; n < 16; ++n) {
        const Row& r = rounds[n];
        CHECK(r.at("round") == std::to_string(n + 1));
        CHECK(r.at("left_out") == r.at("right_in"));
        CHECK(hex(r.at("right_out")) == (hex(r.at("left_in")) ^ hex(r.at("p_out"))));
        CHECK(hex(r.at("mixed")) == (hex(r.at("expanded")) ^ hex(r.at("subkey"))));
        std::uint64_t inputs = 0, outputs = 0;
        for (std::size_t box = 0; box < 8; ++box) {
            const Row& s = sboxes[8 * n + box];
            CHECK(s.at("box") == std::to_string(box + 1));
            const auto input = std::stoull(s.at("input"));
            CHECK(s.at("row") == std::to_string((input >> 5) * 2 + input % 2));
            CHECK(s.at("column") == std::to_string(input / 2 % 16));
            inputs = inputs << 6 | input;
            outputs = outputs << 4 | std::stoull(s.at("output"));
        }
        CHECK(inputs == hex(r.at("mixed")));
        CHECK(outputs == hex(r.at("s_out")));
        if (n > 0) CHECK(r.at("left_in") == rounds[n - 1].at("left_out"));
        if (n > 0) CHECK(r.at("right_in") == rounds[n - 1].at("right_out"));
    }
}

std::set<std::string> names(const fs::path& folder) {
    std::set<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder)) out.insert(entry.path().filename().string());
    return out;
}

} // namespace

TEST_CASE("The cells of blocks, rounds and S-boxes agree with OpenSSL's DES", "[csv]") {
    std::mt19937_64 random(46);
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    const Direction direction = GENERATE(Direction::encrypt, Direction::decrypt);
    for (const std::size_t size : {8U, 16U, 40U}) {
        const std::uint64_t key = random(), iv = random();
        const Bytes data = random_bytes(random, mode == Mode::ctr ? size - 3 : size);
        const TemporaryFolder folder;
        write_csv(record_des({key, mode, Padding::none}, direction, iv, data), folder.path());
        const auto blocks = read_rows(folder.path() / "blocks.csv"), rounds = read_rows(folder.path() / "rounds.csv"),
                   sboxes = read_rows(folder.path() / "sboxes.csv");
        REQUIRE(blocks.size() == size / 8);
        REQUIRE(rounds.size() == 16 * blocks.size());
        REQUIRE(sboxes.size() == 128 * blocks.size());
        std::uint64_t chain = iv;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const Row& block = blocks[i];
            const Bytes input(data.begin() + static_cast<std::ptrdiff_t>(8 * i),
                              data.begin() + static_cast<std::ptrdiff_t>(std::min(data.size(), 8 * i + 8)));
            CHECK(block.at("message") == "1");
            CHECK(block.at("stage") == name(direction));
            CHECK(block.at("block") == std::to_string(i + 1));
            CHECK(block.at("key") == fmt::format("0x{:016X}", key));
            CHECK(block.at("input") == "0x" + to_hex(input));
            std::uint64_t chained = mode == Mode::ctr ? iv + i : load_block(input);
            if (mode == Mode::cbc && direction == Direction::encrypt) chained ^= chain;
            CHECK(block.at("chained") == fmt::format("0x{:016X}", chained));
            check_block(block, std::span(rounds).subspan(16 * i, 16), std::span(sboxes).subspan(128 * i, 128),
                        mode == Mode::ctr || direction == Direction::encrypt);
            chain = hex(block.at("output"));
        }
    }
}

TEST_CASE("Rows end with CR LF and cells have their full width", "[csv]") {
    const TemporaryFolder folder;
    write_csv(record_des({0, Mode::ecb, Padding::none}, Direction::encrypt, 0, Bytes(8)), folder.path());
    const std::string schedule = read_text(folder.path() / "keyschedule.csv");
    CHECK(
        schedule.starts_with("message,round,shift,c,d,subkey\r\n1,0,0,0x0000000,0x0000000,\r\n"
                             "1,1,1,0x0000000,0x0000000,0x000000000000\r\n"));
    CHECK(read_text(folder.path() / "sboxes.csv").find("\r\n1,encrypt,1,1,1,0,0,0,14\r\n") != std::string::npos);
    const std::string rounds = read_text(folder.path() / "rounds.csv");
    CHECK(rounds.find("1,encrypt,1,1,0x00000000,0x00000000,0x000000000000,0x000000000000,") != std::string::npos);
    CHECK(rounds.find('\n') == rounds.find("\r\n") + 1);
}

TEST_CASE("A trace has its own files and an exchange all six", "[csv]") {
    const TemporaryFolder folder;
    write_csv(record_des({1, Mode::ecb, Padding::pkcs7}, Direction::encrypt, 0, Bytes(3)), folder.path() / "a/b");
    CHECK(names(folder.path() / "a/b") ==
          std::set<std::string>{"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv"});
    write_csv(record_power({5, 6, 23}), folder.path() / "power");
    CHECK(names(folder.path() / "power") == std::set<std::string>{"modexp.csv", "exchange.csv"});
    CHECK(read_text(folder.path() / "power/modexp.csv") ==
          "operation,step,bit_index,bit,action,value\r\nmodexp,1,1,1,square,1\r\nmodexp,2,1,1,multiply,5\r\n"
          "modexp,3,2,1,square,2\r\nmodexp,4,2,1,multiply,10\r\nmodexp,5,3,0,square,8\r\n");
    write_csv(exchange("toy23", dh::Kdf::low64, Mode::cbc, {{Role::client, "hi"}}), folder.path() / "x");
    CHECK(names(folder.path() / "x").size() == 6);
    const auto blocks = read_rows(folder.path() / "x/blocks.csv");
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].at("stage") == "encrypt");
    CHECK(blocks[1].at("stage") == "decrypt");
}

TEST_CASE("An export says how many files and rows it wrote", "[csv]") {
    for (const Recording& recording :
         {record_des({1, Mode::cbc, Padding::none}, Direction::decrypt, 5, Bytes(8 * 70)),
          record_power({5, 1234, 10007}), exchange("toy23", dh::Kdf::low64, Mode::ctr, {{Role::client, "hi"}})}) {
        const TemporaryFolder folder;
        const auto written = write_csv(recording, folder.path());
        REQUIRE(written.has_value());
        CHECK(written->files == names(folder.path()).size());
        std::uint64_t rows = 0;
        for (const std::string& name : names(folder.path())) rows += read_rows(folder.path() / name).size();
        CHECK(written->rows == rows);
    }
}

TEST_CASE("The progress of an export never goes back and can stop it in its last file", "[csv]") {
    const TemporaryFolder folder;
    const Recording recording =
        exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, std::string(40'000, 'x')}});
    std::uint64_t last = 0;
    bool past_half = false;
    CHECK_FALSE(write_csv(recording, folder.path() / "x", [&](std::uint64_t done, std::uint64_t all) {
                    CHECK(done >= last);
                    CHECK(done <= all);
                    last = done;
                    past_half = past_half || done > all / 2;
                    return !past_half;
                }).has_value());
    CHECK(past_half);
    CHECK(names(folder.path()).empty());
}

TEST_CASE("An export that fails or is stopped leaves nothing behind", "[csv]") {
    const TemporaryFolder folder;
    const Recording recording = record_des({1, Mode::ecb, Padding::none}, Direction::encrypt, 0, Bytes(8 * 5000));
    CHECK_FALSE(write_csv(recording, folder.path() / "new/inner", [](auto, auto) { return false; }));
    CHECK(names(folder.path()).empty());
    fs::create_directories(folder.path() / "blocked/sboxes.csv");
    CHECK_THROWS_AS(write_csv(recording, folder.path() / "blocked"), Error);
    CHECK(names(folder.path() / "blocked") == std::set<std::string>{"sboxes.csv"});
    write_text(folder.path() / "file", "");
    CHECK_THROWS_AS(write_csv(recording, folder.path() / "file"), Error);
}
