#include "classroom/class_line.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace keyhole::classroom;

namespace {

std::string why(std::string_view line) {
    const ClassLine read = read_class_line(line);
    const auto* none = std::get_if<NoLine>(&read);
    return none == nullptr ? "" : none->why;
}

} // namespace

TEST_CASE("Lines of students are read", "[class]") {
    CHECK(read_class_line(R"({"type":"join","name":" Ann "})") == ClassLine(JoinLine{"Ann", ""}));
    const std::string id(32, 'a');
    CHECK(read_class_line(R"({"type":"join","id":")" + id + R"("})") == ClassLine(JoinLine{"", id}));
    CHECK(read_class_line(R"({"type":"answer","question":3,"answer":"0b1100","more":1})") ==
          ClassLine(AnswerLine{3, "0b1100"}));
    CHECK(read_class_line(R"({"type":"join","name":"A\\B Zoë"})") == ClassLine(JoinLine{"A\\B Zoë", ""}));
    CHECK(read_class_line(R"({"type":"at","address":"keys/server.public/bit.3"})") ==
          ClassLine(AtLine{"keys/server.public/bit.3"}));
}

TEST_CASE("A name has forty characters, not forty bytes", "[class]") {
    std::string forty, more;
    for (int i = 0; i < 40; ++i) forty += "é";
    CHECK(why(R"({"type":"join","name":")" + forty + R"("})").empty());
    CHECK(why(R"({"type":"join","name":")" + forty + R"(x"})") == "a name has at most 40 characters");
}

TEST_CASE("What is no line says why", "[class]") {
    for (const char* line : {"",
                             "{",
                             "[]",
                             "null",
                             "7",
                             R"({"type":7})",
                             R"({"type":"leave"})",
                             R"({"type":"join"})",
                             R"({"type":"join","name":7})",
                             R"({"type":"join","name":"  "})",
                             R"({"type":"join","name":"a\u0007"})",
                             R"({"type":"join","name":"a\u202e"})",
                             R"({"type":"join","name":"a\u0085"})",
                             R"({"type":"join","name":"a\u061c"})",
                             R"({"type":"join","name":"a\u200b"})",
                             R"({"type":"join","name":"a\u2028"})",
                             R"({"type":"join","name":"a\u2060"})",
                             R"({"type":"join","name":"\u00a0"})",
                             R"({"type":"join","name":"\u3164"})",
                             R"({"type":"join","name":"a\u2029"})",
                             R"({"type":"join","name":"Ann","id":"short"})",
                             R"({"type":"answer","question":"1","answer":"5"})",
                             R"({"type":"answer","question":-1,"answer":"5"})",
                             R"({"type":"answer","question":1.0,"answer":"5"})",
                             R"({"type":"answer","question":1,"answer":5})",
                             R"({"type":"answer","answer":"5"})",
                             R"({"type":"at"})",
                             R"({"type":"at","address":"../../etc/passwd"})",
                             R"({"type":"join","name":{"a":{"b":{}}}})",
                             "{\"type\":\"join\",\"name\":\"\xFF\"}"}) {
        INFO(line);
        CHECK_FALSE(why(line).empty());
    }
    CHECK(why(std::string(longest_line + 1, ' ')) == "a line has at most 4096 bytes");
}

TEST_CASE("Lines to students are those of the contract", "[class]") {
    const Question question{.address = "connect", .words = "Which?", .choices = {"a", "b"}, .right = "b"};
    const auto ask = nlohmann::json::parse(ask_line(2, question));
    CHECK(ask["type"] == "ask");
    CHECK(ask["question"] == 2);
    CHECK(ask["choices"] == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(ask.contains("value"));
    CHECK_FALSE(ask.contains("answer")); // it would give it away
    CHECK(closed_line(2, {{"a", 7}}) == R"({"type":"closed","question":2,"counts":{"a":7}})");
    CHECK(revealed_line(2, question, {{"a", 7}}) ==
          R"({"type":"revealed","question":2,"answer":"b","counts":{"a":7}})");
}
