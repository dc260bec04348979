// Tables of cfb, cfb8, cfb1 and ofb: the exported ones verify, and what a register proves is held against the cells.
#include "core/csv/csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/verdict.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using keyhole::testing::read_text;
using keyhole::testing::TemporaryFolder;
using keyhole::testing::verdict;
using keyhole::testing::write_text;

namespace {

void write(Mode mode, Direction direction, std::size_t size, const fs::path& folder) {
    Bytes data(size);
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(i * 37 + 11);
    write_csv(record_des({0x133457799BBCDFF1, mode, Padding::none}, direction, 0xFEDCBA9876543210, data), folder);
}

// The cell of that line (2 is the first row) and column of blocks.csv.
struct CellAt {
    std::size_t from = 0, size = 0;

    CellAt(const std::string& text, std::size_t line, std::size_t column) {
        for (std::size_t i = 1; i < line; ++i) from = text.find("\r\n", from) + 2;
        for (std::size_t i = 0; i < column; ++i) from = text.find(',', from) + 1;
        size = text.find_first_of(",\r", from) - from;
    }
};
constexpr std::size_t input_column = 4, chained_column = 5;

} // namespace

TEST_CASE("Exported traces of cfb, cfb8, cfb1 and ofb verify at every length", "[verify]") {
    for (const Mode mode : {Mode::cfb, Mode::cfb8, Mode::cfb1, Mode::ofb}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t size : {0U, 1U, 2U, 7U, 8U, 9U, 24U, 29U}) {
                if (mode == Mode::cfb1 && size > 9) continue;
                CAPTURE(name(mode), name(direction), size);
                const TemporaryFolder folder;
                write(mode, direction, size, folder.path());
                CHECK(verdict(folder.path()) == "verified");
                for (const char* file : {"rounds.csv", "sboxes.csv", "keyschedule.csv"})
                    fs::remove(folder.path() / file);
                CHECK(verdict(folder.path()) == "verified");
            }
        }
    }
}

TEST_CASE("A segment is a cell of its own: a byte in cfb8, a bit in cfb1", "[verify][csv]") {
    const TemporaryFolder folder;
    for (const auto& [mode, cell] : {std::pair(Mode::cfb8, "0x30"), {Mode::cfb1, "0x0"}, {Mode::ofb, "0x33587D"}}) {
        write(mode, Direction::encrypt, 11, folder.path());
        const std::string text = read_text(folder.path() / "blocks.csv");
        const CellAt at(text, 3, input_column); // the second row
        CHECK(text.substr(at.from, at.size) == cell);
    }
}

TEST_CASE("A wrong register and, in cfb, a wrong input are named", "[verify]") {
    for (const Mode mode : {Mode::cfb, Mode::cfb8, Mode::cfb1, Mode::ofb}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const TemporaryFolder folder;
            write(mode, direction, mode == Mode::cfb1 ? 4 : 29, folder.path());
            const std::string right = read_text(folder.path() / "blocks.csv");
            for (const std::size_t column : {input_column, chained_column}) {
                // What ofb's input is cannot be known: nothing else is made of it.
                if (mode == Mode::ofb && column == input_column) continue;
                const CellAt at(right, 4, column);
                std::string wrong = right;
                char& digit = wrong[at.from + at.size - 1];
                digit = digit == '0' ? '1' : '0';
                const std::string changed = wrong.substr(at.from, at.size), original = right.substr(at.from, at.size);
                write_text(folder.path() / "blocks.csv", wrong);
                const std::string said = verdict(folder.path());
                CAPTURE(name(mode), name(direction), said, original);
                CHECK(
                    said.starts_with(column == input_column ? "blocks.csv:4: input is " : "blocks.csv:4: chained is "));
                if (mode != Mode::cfb1 || column == chained_column) CHECK(said.find(original) != std::string::npos);
            }
        }
    }
}
