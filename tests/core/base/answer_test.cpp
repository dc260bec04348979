// Answers as people type them.
#include "core/base/answer.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("An answer is a number, in hex, bits or decimal", "[answer]") {
    for (const char* typed :
         {"0x2F", "0X2f", "0b101111", "101111", "101 111", "47", " 4 7 ", "2F", "2f", "0b10_1111"}) {
        INFO(typed);
        CHECK(is_answer(typed, 47, 6));
    }
    for (const char* typed : {"", " ", "48", "0x47", "x", "0x", "0b2", "-", "four", "47.0", "0xFG", "101110", "+47"}) {
        INFO(typed);
        CHECK_FALSE(is_answer(typed, 47, 6));
    }
}

TEST_CASE("Zeros and ones are bits where there are as many as the value has, and decimal else", "[answer]") {
    CHECK(is_answer("1010", 10, 4));
    CHECK_FALSE(is_answer("1010", 1010, 4));
    CHECK(is_answer("10", 10, 4));
    CHECK_FALSE(is_answer("10", 2, 4));
    CHECK(is_answer("1010", 1010, 0)); // a count has no width
    CHECK(is_answer("1", 1, 1));
    CHECK(is_answer("0", 0, 1));
}

TEST_CASE("Bare hex is taken where it cannot be meant otherwise, or has all digits", "[answer]") {
    CHECK(is_answer("0123456789ABCDEF", Number("123456789ABCDEF", 16), 64));
    CHECK(is_answer("8787878787878787", Number("8787878787878787", 16), 64));
    CHECK(is_answer("85:e8:13:54:0f:0a:b4:05", Number("85E813540F0AB405", 16), 64));
    CHECK_FALSE(is_answer("14", 20, 6)); // decimal fourteen
    CHECK(is_answer("14", 14, 6));
}
