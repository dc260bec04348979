#include "classroom/question.hpp"

#include "core/base/error.hpp"
#include "core/recording/recording.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::classroom;

namespace {

constexpr std::string_view sbox = "message.1/encrypt/block.1/round.1/sbox.1"; // row 0, column 12 of S1 is 5 (Grabbe)

const Trace& trace() {
    static const Recording recording = record_des({.key = 0x133457799BBCDFF1, .padding = Padding::none},
                                                  Direction::encrypt, 0, *from_hex("0123456789ABCDEF"));
    static const Trace trace(recording);
    return trace;
}

Question about(std::string_view value) { return question_for(trace(), trace().tree().at(sbox), value); }

} // namespace

TEST_CASE("A question about an S-box has the trace's own answer, in bits", "[class]") {
    const Question question = about("output");
    CHECK(question.bits == 4);
    CHECK(question.right == "0101");
    CHECK(question.address == sbox);
}

TEST_CASE("Hex, bits and decimal of one number are one answer", "[class]") {
    const Question question = about("output");
    for (const char* typed : {"5", "0x5", "0b101", "0101", " 0B0101 ", "0x05"})
        CHECK(counted_form(question, typed) == "0101");
    CHECK(counted_form(question, "12") == "1100");
    CHECK(counted_form(question, "99") == "1100011"); // wrong, and counted as what it is
    for (const char* typed : {"", "  ", "five", "-5", "0x", "0b2"}) CHECK_FALSE(counted_form(question, typed));
}

TEST_CASE("Words are one answer in any case, and too many are none", "[class]") {
    Question question{
        .address = "message.1/encode", .words = "What does it say?", .value = "text", .right = "Hello Bob"};
    CHECK(counted_form(question, " hello BOB ") == "Hello Bob");
    CHECK(counted_form(question, "Alice") == counted_form(question, "alice"));
    CHECK(counted_form(question, "Alice") != counted_form(question, "Bob"));
    CHECK_FALSE(counted_form(question, ""));
    CHECK(counted_form(question, std::string(longest_words, 'x')));
    CHECK_FALSE(counted_form(question, std::string(longest_words + 1, 'x')));
    CHECK(no_answer_words(question) == "an answer in words has 1 to 400 bytes");
    CHECK_THAT(no_answer_words(about("output")), Catch::StartsWith("this is no number"));
    CHECK(no_answer_words(question_with("connect", "yes|no")) == "this is none of the choices");
}

TEST_CASE("A value that a step does not have is named with those that it has", "[class]") {
    CHECK_THROWS_WITH(about("ouput"), Catch::Contains("no value 'ouput'") && Catch::Contains("output"));
}

TEST_CASE("Choices are taken by their words or their number, and a star marks the right one", "[class]") {
    const Question question = question_with("connect", "yes | *no|not known");
    CHECK(question.choices == std::vector<std::string>{"yes", "no", "not known"});
    CHECK(question.right == "no");
    CHECK(counted_form(question, "NO") == "no");
    CHECK(counted_form(question, "3") == "not known");
    CHECK_FALSE(counted_form(question, "4"));
    CHECK_FALSE(counted_form(question, "perhaps"));
}

TEST_CASE("Choices that are none are refused", "[class]") {
    for (const std::string& typed : {std::string("one"), std::string("a||b"), std::string("a|A"), std::string("*a|*b"),
                                     std::string(201, 'x') + "|b", std::string("a|b|c|d|e|f|g|h|i|j|k|l|m")})
        CHECK_THROWS_AS(question_with("connect", typed), Error);
}

TEST_CASE("What is asked for is hidden under every name that it has", "[class]") {
    const Question question = about("output");
    const Step step = trace().step(trace().tree().at(sbox));
    for (const Value& value : step.values)
        CHECK(gives_away(question, value) == (value.name == "output" || as_number(value.datum) == Number(5)));
    CHECK_FALSE(gives_away(question_with("connect", "yes|no"), step.values.front()));
}
