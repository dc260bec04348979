// CSV and spreadsheets: what they save is read, and what is written for them is no formula and is not rounded.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/csv/csv.hpp"
#include "core/csv/csv_exchange.hpp"
#include "core/csv/csv_power.hpp"
#include "core/csv/csv_reader.hpp"
#include "core/verify/verify.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using keyhole::testing::exchange;
using keyhole::testing::TemporaryFolder;
using keyhole::testing::write_text;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read(const std::string& text) {
    const TemporaryFolder folder;
    write_text(folder.path() / "x.csv", text);
    csv::Reader reader(folder.path() / "x.csv");
    Rows out;
    while (reader.next()) {
        out.emplace_back();
        for (std::size_t i = 0; i < reader.size(); ++i) out.back().emplace_back(reader.cell(i));
    }
    return out;
}

Failure failure(const std::string& text) {
    try {
        read(text);
    } catch (const Error& error) {
        return error.failure();
    }
    return Failure::answer_no;
}

std::string utf16(const std::u16string& text, bool little) {
    std::string out;
    for (const char16_t unit : u"\uFEFF" + text) {
        const auto high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
        out += {little ? low : high, little ? high : low};
    }
    return out;
}

} // namespace

TEST_CASE("The first separator of a table separates all of its cells", "[csv]") {
    CHECK(read("a,b;c\nd,e\te\n") == Rows{{"a", "b;c"}, {"d", "e\te"}});
    CHECK(read("a;b\n1,5;\"x;\"\"y\"\n") == Rows{{"a", "b"}, {"1,5", "x;\"y"}});
    CHECK(read("\"a,b\"\tc\n") == Rows{{"a,b", "c"}});
    CHECK(read("sep=;\na,b;c\n") == Rows{{"a,b", "c"}});
    CHECK(read("\"sep=;\"\r\na,b;c\r\n") == Rows{{"a,b", "c"}});
    CHECK(read("a , \"b\" ,c\n , , \n,,\n\t\n1,2,3") == Rows{{"a ", "b", "c"}, {"1", "2", "3"}});
}

TEST_CASE("UTF-16 is read in both orders, across every buffer, and what is none is refused", "[csv]") {
    for (const bool little : {true, false}) {
        CHECK(read(utf16(u"a\tb\r\n\u00E9\t\U0001F511\r\n", little)) == Rows{{"a", "b"}, {"\u00E9", "\U0001F511"}});
        // Surrogates fall on every place around the reader's buffers of 256 KiB.
        for (const std::size_t shift : {0U, 1U}) {
            std::u16string text(shift, u'x');
            std::string expected(shift, 'x');
            for (int i = 0; i < 100'000; ++i) {
                text += u"\U0001F511";
                expected += "\U0001F511";
            }
            CHECK(read(utf16(text, little)) == Rows{{expected}});
        }
        std::string odd = utf16(u"a,b", little);
        odd.pop_back();
        CHECK(failure(odd) == Failure::bad_input);
        CHECK(failure(utf16(std::u16string(u"a") + char16_t{0xD83D}, little)) == Failure::bad_input);
        CHECK(failure(utf16(std::u16string{char16_t{0xDD11}, u'a'}, little)) == Failure::bad_input);
    }
}

TEST_CASE("A peer's text is no formula in a spreadsheet, and can be read back", "[csv]") {
    const std::string texts[] = {"=1+1",
                                 "+1",
                                 "-1",
                                 "@SUM(A1)",
                                 "\t=1",
                                 "\r=1",
                                 "\n=1",
                                 "'=1",
                                 "''-",
                                 "'",
                                 "'a",
                                 "",
                                 "a=1",
                                 "\uFF1D1+1",
                                 "'\uFF20x",
                                 " =1",
                                 "=cmd|' /C calc'!A0",
                                 "hello, \"=\""};
    for (const std::string& text : texts) {
        CAPTURE(text);
        const std::string cell = guarded(text);
        CHECK(unguarded(cell) == text);
        CHECK(cell.find_first_of("=+-@\t\r\n") != 0);
        CHECK(cell.size() <= text.size() + 1);
        const TemporaryFolder folder;
        write_csv(exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, text}}), folder.path());
        bool found = false;
        csv::Reader reader(folder.path() / "exchange.csv");
        while (reader.next()) {
            CHECK(reader.cell(4).find_first_of("=+-@\t\r\n") != 0);
            found = found || (reader.cell(3) == "text" && reader.cell(4) == cell);
        }
        CHECK(found);
        CHECK_FALSE(verify::check(folder.path()).wrong);
    }
}

TEST_CASE("Numbers that spreadsheets would round are hex", "[csv]") {
    CHECK(csv::number_cell(Number("999999999999999"), 64) == "999999999999999");
    CHECK(csv::number_cell(Number("1000000000000000"), 64) == "0x00038D7EA4C68000");
    CHECK(csv::number_cell(Number(5), 2048) == "5");
    const TemporaryFolder folder;
    write_csv(record_power({3, 1000, Number("892345678901234567")}), folder.path());
    for (const char* name : {"modexp.csv", "exchange.csv"}) {
        csv::Reader reader(folder.path() / name);
        while (reader.next()) {
            const std::string_view value = reader.cell(reader.size() - 1);
            CHECK((value.starts_with("0x") || value.size() <= 15));
        }
    }
    CHECK_FALSE(verify::check(folder.path()).wrong);
}
