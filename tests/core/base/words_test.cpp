// The sentences that explain steps: numbers agree with their nouns and verbs, and nothing is told that is not so.
#include "core/base/words.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using Catch::Contains;
using Catch::StartsWith;
using keyhole::testing::exchange;

namespace {

constexpr des::Block key = 0x133457799BBCDFF1;

Step step(const Recording& recording, std::string_view address) {
    const Trace trace(recording);
    return trace.step(trace.tree().at(address));
}

std::string words(const Recording& recording, std::string_view address) { return step(recording, address).explanation; }

Recording enciphered(std::string_view text, Mode mode = Mode::ecb) {
    return record_des({key, mode, Padding::pkcs7}, Direction::encrypt, 0, to_bytes(text));
}

} // namespace

TEST_CASE("A word goes through a shell as it is", "[words]") {
    CHECK(shell_word("toy23") == "toy23");
    CHECK(shell_word("client:Hello,Bob=1") == "client:Hello,Bob=1");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("client:It's nine") == R"('client:It'\''s nine')");
    for (const char* text :
         {"a b", "a\tb", "$x", "a;b", "a&b", "*", "~", "#", "`x`", "a\"b", "a\\b", "ä", "a>b", "(a)"})
        CHECK(shell_word(text) == fmt::format("'{}'", text));
}

TEST_CASE("Numbers are grouped from five digits on and agree with their nouns", "[words]") {
    CHECK(grouped_decimal(0) == "0");
    CHECK(grouped_decimal(3008) == "3008");
    CHECK(grouped_decimal(37501) == "37 501");
    CHECK(grouped_decimal(8000000) == "8 000 000");
    CHECK(counted(1, "byte") == "1 byte");
    CHECK(counted(0, "byte") == "0 bytes");
    CHECK(counted(300000, "byte") == "300 000 bytes");
}

TEST_CASE("One of a thing is spoken of as one", "[words]") {
    CHECK_THAT(words(enciphered("abcdefg"), "message.1/pad"), Contains("7 bytes leave 1 to fill: 1 byte with the value "
                                                                       "0x01 is appended"));
    CHECK_THAT(words(enciphered("a"), "message.1/pad"), Contains("1 byte leaves 7 to fill: 7 bytes"));
    CHECK_THAT(words(enciphered("12345678"), "message.1/pad"), Contains("8 bytes are whole blocks, and yet one more"));
    CHECK_THAT(words(enciphered("a"), "message.1/encrypt"), Contains("The 1 block of plaintext goes through DES"));
    CHECK_THAT(words(record_power({5, 1, 23}), "modexp"),
               Contains("needs 1 squaring,") && Contains("1 multiplication,"));
    CHECK_THAT(words(enciphered(""), "message.1/encode"), !Contains("0x"));
    CHECK_THROWS_WITH(record_des({key, Mode::ecb, Padding::none}, Direction::encrypt, 0, Bytes(1)),
                      StartsWith("1 byte is no whole number"));
    CHECK_THROWS_WITH(record_des({key, Mode::ecb, Padding::pkcs7}, Direction::decrypt, 0, Bytes(1)),
                      !Contains("pkcs7"));
}

TEST_CASE("A power names its exponent", "[words]") {
    CHECK(step(record_power({5, 6, 23}), "modexp").summary == "5 to the power 6 modulo 23 is 8");
    CHECK(step(record_power({5, 0, 23}), "modexp").summary == "5 to the power 0 modulo 23 is 1");
    CHECK(binary_text(step(record_power({5, 0, 23}), "modexp").values[1].datum) == "00000000");
}

TEST_CASE("Counter mode does not say that the text goes through DES", "[words]") {
    const std::string said = words(enciphered("seventeen letters", Mode::ctr), "message.1/encrypt");
    CHECK_THAT(said, Contains("enciphers a counter, 3 times") && !Contains("go through DES"));
}

TEST_CASE("Deciphering cites deciphering and every other step what it does", "[words]") {
    const Recording toy = exchange("toy23", dh::Kdf::low64, Mode::cbc, {{Role::client, "hi"}});
    for (const char* part : {"", "/ip", "/round.3", "/round.3/join", "/swap", "/fp"}) {
        CHECK(step(toy, std::string("message.1/decrypt/block.1") + part).source == "FIPS 46-3, Deciphering");
        CHECK(step(toy, std::string("message.1/encrypt/block.1") + part).source == "FIPS 46-3, Enciphering");
    }
    const Recording counter = exchange("toy23", dh::Kdf::sha256, Mode::ctr, {{Role::client, "hi"}});
    CHECK(step(counter, "message.1/decrypt/block.1").source == "FIPS 46-3, Enciphering");
    CHECK(step(counter, "secret/server.derive").source == "FIPS 180-4, section 6.2");
    CHECK(step(toy, "secret/server.derive").source.empty());
    CHECK_THAT(step(toy, "parameters/server.choose").source, !Contains("7919"));
    CHECK(step(record_des({key, Mode::ecb, Padding::none}, Direction::encrypt, 0, Bytes(8, 0xFF)), "message.1/encode")
              .source.empty());
    CHECK_THAT(words(toy, "parameters/client.check"), Contains("generates all p-1 numbers"));
}

TEST_CASE("A value is asked for as what it is, a count as a count", "[words]") {
    CHECK(asked_words(step(record_power({5, 6, 23}), "modexp"), "multiplications") ==
          "How many multiplications does “Modular exponentiation” have?");
    CHECK(asked_words(step(enciphered("a"), "message.1/encrypt/block.1/round.5/sbox.1"), "output") ==
          "What is the output of “S-box 1” (4 bits)?");
}

TEST_CASE("A trace without an exchange has no party", "[words]") {
    for (const char* address : {"message.1/encode", "message.1/encrypt/block.1/round.2", "schedule"}) {
        CHECK_FALSE(step(enciphered("a"), address).party);
    }
}

TEST_CASE("Prose is wrapped at words, by characters", "[words]") {
    CHECK(wrapped("", 20).empty());
    CHECK(wrapped("aaa bbb", 7) == "aaa bbb");
    CHECK(wrapped("aaa bbb", 6) == "aaa\nbbb");
    CHECK(wrapped("aaa bbb cc d", 6) == "aaa\nbbb cc\nd");
    CHECK(wrapped("longer than it", 4) == "longer\nthan\nit");
    CHECK(wrapped("one\ntwo three", 9) == "one\ntwo three");
    CHECK(wrapped("äöü ßäö", 7) == "äöü ßäö"); // 13 bytes
    CHECK(wrapped("äöü ßäö", 6) == "äöü\nßäö");
}

TEST_CASE("Text is cut, trimmed and put in capitals byte by byte", "[words]") {
    using Parts = std::vector<std::string_view>;
    CHECK(split("", ",") == Parts{""});
    CHECK(split("a", ",") == Parts{"a"});
    CHECK(split(",a,,b c;d,", ",;") == Parts{"", "a", "", "b c", "d", ""});
    CHECK(trimmed(" \t\r\n").empty());
    CHECK(trimmed("\va b\f\n") == "a b");
    CHECK(trimmed("xxaxbx", "x") == "axb");
    CHECK(upper_case("sha-256 äz") == "SHA-256 äZ");
}

TEST_CASE("A whole number is digits and nothing else", "[words]") {
    CHECK(whole_number<unsigned>("0") == 0U);
    CHECK(whole_number<std::uint64_t>("18446744073709551615") == ~std::uint64_t{0});
    CHECK(whole_number<std::uint32_t>("10fFfF", 16) == 0x10FFFFU);
    for (const char* text : {"", " 1", "1 ", "+1", "-1", "1.0", "0x1", "1e3", "65536", "18446744073709551616"}) {
        CAPTURE(text);
        CHECK_FALSE(whole_number<std::uint16_t>(text));
    }
}
