// Big integers and their written forms.
#include "core/base/number.hpp"

#include "core/base/error.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("Numbers are decimal, or hex with 0x", "[number]") {
    CHECK(parse_number("0", "p") == 0);
    CHECK(parse_number("23", "p") == 23);
    CHECK(parse_number("0x17", "p") == 23);
    CHECK(parse_number("0XfF", "p") == 255);
    CHECK(parse_number("007", "p") == 7); // never octal
    CHECK(parse_number("340282366920938463463374607431768211456", "p") == Number(1) << 128);
}

TEST_CASE("A number with colons, and what separates the digits of hex, are taken as people have them", "[number]") {
    CHECK(parse_number("17:2A", "p") == 0x172A);
    CHECK(parse_number("00:e1:0f", "p") == 0xE10F);
    CHECK(parse_number("\n        00:a2:5c:b1:\n        19:96:\n", "p") == Number("0xA25CB11996"));
    CHECK(parse_number("0x12 34,56-78\t9A\r\nBC", "p") == Number("0x123456789ABC"));
    CHECK(parse_number(" 0x17", "p") == 23);
    for (const char* text : {":17", "-17:2A", "0x-17:2A", "17:2G", ":", "12 34", "12,345", "12-34"}) {
        CAPTURE(text);
        CHECK_THROWS_WITH(parse_number(text, "p"), Catch::Contains("is no number"));
    }
}

TEST_CASE("What is no number is refused by name", "[number][hostile]") {
    for (const char* text : {"", "0x", "-5", "+5", "1e5", "12a", "0x1g", " 5", "5 ", "5\n", "0b11", "0x-1"}) {
        CAPTURE(text);
        CHECK_THROWS_WITH(parse_number(text, "p"), Catch::StartsWith("p '") && Catch::Contains("is no number"));
    }
    CHECK_THROWS_WITH(parse_number("\x1b[2J", "p"), !Catch::Contains("\x1b"));
}

TEST_CASE("Numbers over the limit are refused before they are converted", "[number][hostile]") {
    CHECK_NOTHROW(parse_number("0x" + std::string(max_number_bits / 4, 'F'), "p"));
    CHECK_THROWS_WITH(parse_number("0x" + std::string(max_number_bits / 4 + 1, 'F'), "p"),
                      Catch::StartsWith("p is too long"));
    CHECK_THROWS_WITH(parse_number(std::string(1000000, '9'), "p"), Catch::StartsWith("p is too long"));
}

TEST_CASE("Bare hex has digits and nothing else", "[number]") {
    CHECK(number_from_hex("00fF") == Number(255));
    for (const char* text : {"", "0x1", "-1", "1 ", "g"}) CHECK_FALSE(number_from_hex(text));
}

TEST_CASE("Numbers are written for the wire, for people and for tables", "[number]") {
    CHECK(to_wire_hex(0) == "0");
    CHECK(to_wire_hex(0xABC) == "abc");
    CHECK(to_prefixed_hex(0) == "0x00");
    CHECK(to_prefixed_hex(0xABC) == "0x0ABC");
    CHECK(to_prefixed_hex(0xABC, 32) == "0x00000ABC");
    CHECK(to_prefixed_hex(0xABC, 25) == "0x00000ABC");
    const Number largest = (Number(1) << 64) - 1;
    CHECK(to_text(largest) == "18446744073709551615");
    CHECK(to_text(largest + 1) == "0x010000000000000000");
    CHECK(to_text(largest + 1, 80) == "0x00010000000000000000");
}

TEST_CASE("Numbers become bytes and back, padded on the left", "[number]") {
    CHECK(to_bytes(Number(0)).empty());
    CHECK(to_bytes(Number(0), 2) == Bytes{0, 0});
    CHECK(to_bytes(Number(0x1234), 4) == Bytes{0, 0, 0x12, 0x34});
    CHECK(to_bytes(Number(0x123456), 2) == Bytes{0x12, 0x34, 0x56});
    CHECK(from_bytes(Bytes{0, 0x12, 0x34}) == 0x1234);
    CHECK(from_bytes({}) == 0);
}

TEST_CASE("The bit length of 0 is 0", "[number]") {
    CHECK(bit_length(0) == 0);
    CHECK(bit_length(1) == 1);
    CHECK(bit_length(255) == 8);
    CHECK(bit_length(Number(1) << 8192) == 8193);
}
