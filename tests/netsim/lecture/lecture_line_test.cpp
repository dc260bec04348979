// The lines of a lecture: what a window takes from them, and what it passes over.

#include "netsim/lecture/lecture_line.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

template <class Said>
bool says(const char* line) {
    return std::holds_alternative<Said>(read_lecture_line(line));
}

} // namespace

TEST_CASE("Places and recordings are read, and types that nobody knows yet are passed over", "[lecture]") {
    CHECK(read_lecture_line(place_line("keys")) == LectureLine(LecturePlace{"keys"}));
    CHECK(read_lecture_line(R"({"type":"recording","recording":{"a":1},"more":2})") ==
          LectureLine(LectureRecording{R"({"a":1})"}));
    for (const char* line : {R"({"type":"ask","question":1})", R"({"type":"closed"})", R"({"type":"answered"})",
                             R"({"type":"not_taken","why":"late"})", R"({"type":"of next year"})"}) {
        INFO(line);
        CHECK(says<LectureOther>(line));
    }
}

TEST_CASE("A place says what of it is still to be guessed, and a window that does not know the field reads the rest",
          "[lecture]") {
    for (const LectureCover cover : {LectureCover::nothing, LectureCover::later, LectureCover::step})
        CHECK(read_lecture_line(place_line("keys", cover)) == LectureLine(LecturePlace{"keys", cover}));
    // Where nothing is covered the line is what it always was.
    CHECK(place_line("keys") == R"({"address":"keys","type":"at"})");
    CHECK(place_line("keys", LectureCover::step) == R"({"address":"keys","covered":"step","type":"at"})");
    for (const char* covered : {"7", "true", "null", "[]", "{}", R"("")", R"("steps")", R"(["step"])"}) {
        INFO(covered);
        CHECK(read_lecture_line(std::string(R"({"type":"at","address":"keys","covered":)") + covered + "}") ==
              LectureLine(LecturePlace{"keys"}));
    }
    CHECK(says<std::monostate>(R"({"type":"at","covered":"step"})"));
}

TEST_CASE("What is no line of a lecture is told apart from what a window need not know", "[lecture]") {
    for (const char* line : {"", "{", "[]", "{}", R"({"type":7})", R"({"type":"at"})", R"({"type":"at","address":5})",
                             R"({"type":"recording"})", R"({"type":"error","code":"busy","message":"full"})",
                             R"([[[[[[[[[[[[[[1]]]]]]]]]]]]]])"}) {
        INFO(line);
        CHECK(says<std::monostate>(line));
    }
    CHECK(read_lecture_line(place_line(std::string(longest_place, 'x'))) ==
          LectureLine(LecturePlace{std::string(longest_place, 'x')}));
    CHECK(says<std::monostate>(place_line(std::string(longest_place + 1, 'x')).c_str()));
}
