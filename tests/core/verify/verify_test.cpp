// Every digit of every cell of whole traces is altered in turn: verify must find it and name that very cell.
#include "core/verify/verify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.hpp"
#include "core/csv/csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/verdict.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::testing;

namespace {

constexpr des::Block example_key = 0x133457799BBCDFF1;

Recording trace(Mode mode, Direction direction, std::size_t size, des::Block iv = 0xFEDCBA9876543210) {
    Bytes data(size);
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(i * 37 + 11);
    return record_des({example_key, mode, Padding::none}, direction, iv, data);
}

// One digit of the cell changed; which one and to what depends on `salt`. Cells without a digit stay.
std::string digit_altered(std::string cell, std::size_t salt) {
    const bool hex = cell.starts_with("0x");
    if (cell.empty() || !(hex || std::isdigit(static_cast<unsigned char>(cell[0])))) return cell;
    const std::size_t first = hex ? 2 : 0;
    char& digit = cell[first + salt % (cell.size() - first)];
    const std::string digits = hex ? "0123456789ABCDEF" : "0123456789";
    digit = digits[(digits.find(digit) + 1 + salt % (digits.size() - 1)) % digits.size()];
    if (!hex && cell.size() > 1 && cell[0] == '0') cell[0] = '9'; // a number with a leading zero is shown without
    return cell;
}

using Exempt = std::function<bool(const std::string& file, const std::string& column, std::size_t row)>;

bool none(const std::string&, const std::string&, std::size_t) { return false; }

// Whether the cell is among those of which nothing tells which is wrong.
bool in_doubt(const std::string& said, const std::string& file, std::size_t line, const std::string& column) {
    if (said.find("nothing here tells") == std::string::npos) return false;
    const std::size_t own = said.starts_with(fmt::format("{}:{}: ", file, line)) ? said.find(": ") + 2 : 0;
    const std::string elsewhere = fmt::format("{}:{} {}", file, line, column);
    return said.find(elsewhere) != std::string::npos || (own != 0 && said.find(column, own) != std::string::npos);
}

// Alters every cell that is not exempt (of at most `most_rows` rows a file) and returns what was not named as it should
// be.
std::vector<std::string> unnamed(const fs::path& folder, const Exempt& exempt, std::size_t most_rows = 400) {
    std::vector<std::string> out;
    for (const char* name : {"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv", "modexp.csv"}) {
        if (!fs::exists(folder / name)) continue;
        const std::string before = read_text(folder / name);
        Cells cells = read_cells(folder / name);
        const std::size_t stride = std::max<std::size_t>(1, cells.size() / most_rows);
        for (std::size_t row = 1; row < cells.size(); row += stride) {
            for (std::size_t column = 0; column < cells[row].size(); ++column) {
                const std::string original = cells[row][column];
                const std::string changed = digit_altered(original, row * 31 + column * 7);
                if (changed == original || exempt(name, cells[0][column], row)) continue;
                cells[row][column] = changed;
                write_text(folder / name, joined(cells));
                const std::string expected = fmt::format("{}:{}: {} is {}, ", name, row + 1, cells[0][column], changed);
                const std::string said = verdict(folder);
                if (!said.starts_with(expected) && !in_doubt(said, name, row + 1, cells[0][column]))
                    out.push_back(fmt::format("{} <- {} ({})", expected, said, original));
                cells[row][column] = original;
            }
        }
        write_text(folder / name, before);
    }
    return out;
}

} // namespace

TEST_CASE("An exported trace verifies", "[verify]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t size : {0U, 8U, 16U, 24U, 80U}) {
                CAPTURE(name(mode), name(direction), size);
                const TemporaryFolder folder;
                write_csv(trace(mode, direction, size), folder.path());
                CHECK(verdict(folder.path()) == "verified");
                if (mode != Mode::ctr) continue;
                write_csv(trace(mode, direction, size + 5), folder.path());
                CHECK(verdict(folder.path()) == "verified");
            }
        }
    }
}

// The S-boxes, most of the cells, know nothing of modes: each mode has a third of their rows.
void all_cells_are_named(Direction direction) {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        CAPTURE(name(mode), name(direction));
        const TemporaryFolder folder;
        write_csv(trace(mode, direction, 24), folder.path());
        REQUIRE(verdict(folder.path()) == "verified");
        // No other cell holds the input of ctr, nor the first one of cbc encryption, where the IV is in no file.
        const bool all = mode == Mode::ctr, first = mode == Mode::cbc && direction == Direction::encrypt;
        const auto failures = unnamed(folder.path(), [&](const auto& file, const auto& column, std::size_t row) {
            if (file == "sboxes.csv") return row % 3 != static_cast<std::size_t>(mode);
            return file == "blocks.csv" && column == "input" && (all || (first && row == 1));
        });
        CHECK(failures == std::vector<std::string>{});
    }
}

TEST_CASE("Every altered cell of a trace of encryption is named", "[verify]") {
    all_cells_are_named(Direction::encrypt);
}

TEST_CASE("Every altered cell of a trace of decryption is named", "[verify]") {
    all_cells_are_named(Direction::decrypt);
}

TEST_CASE("Of two blocks' keys the one that made its output is believed", "[verify]") {
    const TemporaryFolder folder;
    write_csv(trace(Mode::ecb, Direction::encrypt, 16), folder.path());
    const Cells right = read_cells(folder.path() / "blocks.csv");
    for (const std::size_t row : {1U, 2U}) {
        Cells cells = right;
        cells[row][3] = "0x133457795BBCDFF1"; // two bits changed: its parity is as right as that of the other
        write_text(folder.path() / "blocks.csv", joined(cells));
        CHECK(verdict(folder.path())
                  .starts_with(
                      fmt::format("blocks.csv:{}: key is 0x133457795BBCDFF1, expected 0x133457799BBCDFF1", row + 1)));
    }
}

TEST_CASE("Every altered cell of rounds.csv is named without other files", "[verify]") {
    const Direction direction = GENERATE(Direction::encrypt, Direction::decrypt);
    const TemporaryFolder folder;
    write_csv(trace(Mode::ecb, direction, 16), folder.path());
    for (const char* name : {"blocks.csv", "sboxes.csv", "keyschedule.csv"}) fs::remove(folder.path() / name);
    REQUIRE(verdict(folder.path()) == "verified");
    CHECK(unnamed(folder.path(), none) == std::vector<std::string>{});
}

TEST_CASE("Every altered cell of blocks.csv alone is named", "[verify]") {
    const TemporaryFolder folder;
    write_csv(trace(Mode::ecb, Direction::encrypt, 24), folder.path());
    for (const char* name : {"rounds.csv", "sboxes.csv", "keyschedule.csv"}) fs::remove(folder.path() / name);
    REQUIRE(verdict(folder.path()) == "verified");
    CHECK(unnamed(folder.path(), none) == std::vector<std::string>{});
}

TEST_CASE("Every altered cell of a modular exponentiation is named, base and modulus unknown", "[verify]") {
    const TemporaryFolder folder;
    write_csv(record_power({Number("0x123456789ABCDEF0123"), Number("0xABCDEF12345"),
                            Number("0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC5")}),
              folder.path());
    REQUIRE(verdict(folder.path()) == "verified");
    fs::remove(folder.path() / "exchange.csv");
    REQUIRE(verdict(folder.path()) == "verified");
    CHECK(unnamed(folder.path(), none) == std::vector<std::string>{});
}

TEST_CASE("Every altered cell of a small exponentiation is named beside its exchange.csv", "[verify]") {
    const TemporaryFolder folder;
    const auto settings = GENERATE(PowerSettings{5, 6, 23}, PowerSettings{30, 1, 23}, PowerSettings{17, 21, 3233});
    write_csv(record_power(settings), folder.path());
    REQUIRE(verdict(folder.path()) == "verified");
    CHECK(unnamed(folder.path(), none) == std::vector<std::string>{});
    Cells cells = read_cells(folder.path() / "exchange.csv");
    for (std::size_t row = 1; row < cells.size(); ++row) {
        const std::string original = std::exchange(cells[row][4], digit_altered(cells[row][4], 0));
        write_text(folder.path() / "exchange.csv", joined(cells));
        CHECK_THAT(verdict(folder.path()), Catch::StartsWith(fmt::format("exchange.csv:{}: value is ", row + 1)));
        cells[row][4] = original;
    }
}

TEST_CASE("A right value of a small exponentiation is never blamed", "[verify]") {
    const TemporaryFolder folder;
    unsigned named = 0, doubted = 0;
    for (unsigned exponent = 1; exponent <= 200; exponent += 13) {
        for (const unsigned modulus : {23U, 3233U}) {
            write_csv(record_power({5, exponent, modulus}), folder.path());
            fs::remove(folder.path() / "exchange.csv");
            Cells cells = read_cells(folder.path() / "modexp.csv");
            for (std::size_t row = 1; row < cells.size(); ++row) {
                for (std::size_t salt = 0; salt < 8; ++salt) {
                    const std::string original = std::exchange(cells[row][5], digit_altered(cells[row][5], salt));
                    write_text(folder.path() / "modexp.csv", joined(cells));
                    CAPTURE(exponent, modulus, row, original, cells[row][5]);
                    const std::string said = verdict(folder.path());
                    if (said.starts_with("modexp.csv:")) {
                        const auto it =
                            fmt::format("modexp.csv:{}: value is {}, expected {} ", row + 1, cells[row][5], original);
                        const bool in_doubt = said.find("it cannot be said") != std::string::npos;
                        if (!in_doubt) CHECK_THAT(said, Catch::StartsWith(it));
                        ++(in_doubt ? doubted : named);
                    }
                    cells[row][5] = original;
                }
            }
        }
    }
    CHECK(named > 100);
    CHECK(doubted > 10);
}

TEST_CASE("Every altered cell of an exchange is named", "[verify]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    CAPTURE(name(mode));
    const TemporaryFolder folder;
    write_csv(exchange("toy23", dh::Kdf::sha256, mode, {{Role::client, "Hello, \"server\""}, {Role::server, ""}}),
              folder.path());
    REQUIRE(verdict(folder.path()) == "verified");
    CHECK(unnamed(folder.path(), none, 8) == std::vector<std::string>{});
}
