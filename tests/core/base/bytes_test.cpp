// Bytes and their written forms: what is accepted, and above all what is not.
#include "core/base/bytes.hpp"

#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("Hex is read in any case, with or without 0x, in pairs", "[bytes]") {
    CHECK(from_hex("00ff7F") == Bytes{0x00, 0xFF, 0x7F});
    CHECK(from_hex("0x00ff7F") == Bytes{0x00, 0xFF, 0x7F});
    CHECK(from_hex("0XAB") == Bytes{0xAB});
    CHECK(from_hex("") == Bytes{});
    CHECK(to_hex(Bytes{0x00, 0xFF, 0x7F}) == "00FF7F");
    for (const char* text : {"0", "0x0", "0g", "0x0x11", "-11", ":11", "0x-1", "+11", "1.1", "1/1", "00 1", "0x1, 0x2",
                             "11 0x", "11 0xg1", "1 0x12 3", "00\u00a011"}) {
        CAPTURE(text);
        CHECK_FALSE(from_hex(text));
    }
}

TEST_CASE("What separates the digits of hex means nothing", "[bytes]") {
    const Bytes bytes{0x13, 0x34, 0x5F};
    for (const char* text : {"13 34 5f", " 13345F", "13345F\n", "13:34:5F", "0x13:34:5F", "13-34-5f", "13,34,5F",
                             "133 45F", "13\t34\r\n5F", "13 : 34 : 5F", "13:34:\n    5F",
                             "13:34:5F:", "0x13, 0x34, 0X5f", "0x13,0x34,0x5F,", "\n0x13 345F"}) {
        CAPTURE(text);
        CHECK(from_hex(text) == bytes);
        CHECK(hex_digits(text)->size() == 6);
    }
    CHECK(from_hex(" \n") == Bytes{});
    CHECK(parse_block("13:34:57:79:9b:bc:df:f1", "key") == 0x133457799BBCDFF1);
    CHECK(parse_block(" 0x13345779-9BBCDFF1\n", "key") == 0x133457799BBCDFF1);
    CHECK_THROWS_WITH(parse_block("13 34 57 79 9B BC DF F", "key"), Catch::Contains("15 hex digits"));
}

TEST_CASE("A DES value is exactly 16 hex digits", "[bytes][hostile]") {
    CHECK(parse_block("0123456789abcdef", "key") == 0x0123456789ABCDEF);
    CHECK(parse_block("0x0123456789ABCDEF", "key") == 0x0123456789ABCDEF);
    CHECK_THROWS_WITH(parse_block("0123456789ABCDE", "key"), Catch::Contains("15 hex digits"));
    CHECK_THROWS_WITH(parse_block("", "IV"), Catch::StartsWith("IV '' is no DES value"));
    for (const char* text : {"0123456789ABCDEF0", "0x0x456789ABCDEF", "0x0x0123456789ABCDEF", "0123456789ABCDEG",
                             "-123456789ABCDEF", " 123456789ABCDEF", "\x1b[2J456789ABCDEF"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_block(text, "key"), Error);
    }
    CHECK_THROWS_WITH(parse_block("\x1b[2J", "key"), !Catch::Contains("\x1b"));
    CHECK_THROWS_WITH(parse_block(std::string(1000000, 'A'), "key"), Catch::Contains("A..'"));
}

TEST_CASE("Blocks are big-endian", "[bytes]") {
    const Bytes bytes = {1, 2, 3, 4, 5, 6, 7, 8};
    CHECK(load_block(bytes) == 0x0102030405060708);
    CHECK(block_bytes(0x0102030405060708) == bytes);
}

TEST_CASE("Base64 is read back, for every length", "[bytes]") {
    Random random = Random::seeded("base64");
    for (std::size_t size = 0; size < 100; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        CHECK(from_base64(to_base64(bytes)) == bytes);
    }
    CHECK(to_base64(to_bytes("foobar")) == "Zm9vYmFy"); // RFC 4648, section 10
    CHECK(to_base64(to_bytes("foob")) == "Zm9vYg==");
    CHECK(to_base64({}).empty());
}

TEST_CASE("Base64 has one spelling only", "[bytes][hostile]") {
    for (const char* text :
         {"Zm9vYg", "Zm9vYg=", "Zm9vYh==", "Zm9v\nYg==", " Zm9vYg=", "Zm9vYg==\n", "====", "Z===", "    AAAA",
          "AAAA\n\n\n\n", "Zm9vYmG=", "Zm=vYg==", "Zm9vYg==Zm9v", "Zm9-", "Zm9_", "Zm9vYg= ", "\xff\xff\xff\xff"}) {
        CAPTURE(text);
        CHECK_FALSE(from_base64(text));
    }
}

TEST_CASE("UTF-8 is that of RFC 3629", "[bytes][hostile]") {
    for (const char* text : {"", "plain", "\u00e9", "\u20ac", "\U0001F511", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF",
                             "\xED\x9F\xBF", "\xEE\x80\x80", "\x7F"}) {
        CHECK(is_utf8(text));
    }
    for (const char* text :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3\x28", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF", "good\xE2\x82"}) {
        CAPTURE(to_hex(to_bytes(text)));
        CHECK_FALSE(is_utf8(text));
    }
}

TEST_CASE("Nothing that can move a cursor gets through to the terminal", "[bytes][hostile]") {
    CHECK(escape_controls("plain \u00e9\u20ac\U0001F511") == "plain \u00e9\u20ac\U0001F511");
    CHECK(escape_controls("a\nb\tc\rd") == "a\\nb\\tc\\rd");
    CHECK(escape_controls("\x1b[2J") == "\\x1B[2J");
    CHECK(escape_controls("a\\n") == "a\\\\n");
    CHECK(escape_controls("\x7f") == "\\x7F");
    CHECK(escape_controls("\u009b") == "\\u{009B}"); // C1: one character that starts a sequence
    CHECK(escape_controls("\u202e") == "\\u{202E}"); // right to left
    CHECK(escape_controls("\u2028") == "\\u{2028}"); // line separator
    CHECK(escape_controls("\xFF\xC3") == "\\xFF\\xC3");
    CHECK(escape_controls(std::string("\0", 1)) == "\\x00");
    for (int c = 0; c < 256; ++c) {
        const std::string escaped = escape_controls(std::string(1, static_cast<char>(c)));
        for (const char e : escaped) CHECK((e >= 0x20 && e < 0x7F));
    }
}
