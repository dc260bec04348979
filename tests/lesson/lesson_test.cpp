// Lessons: what their Markdown becomes, and what is found wrong with it.
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "lesson/course.hpp"
#include "lesson/opening.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using namespace keyhole::lesson;

namespace {

constexpr const char* small = R"(# Title

Before *all* **parts**.

```keyhole
--group toy23
--server-private 6
--client-private 15
--say client:Meet me at "nine"
```

## First

- one [link](keyhole:keys/server.public)
- two
  1. deeper

| a | b |
|---|---|
| `c` | d |

---

```ask
at: keys/server.public
value: public_key
hint: Five to the sixth.
```

### Second

```ask
ask: Which one is right,
  of these?
choices: 4 | *6 | 32
```
)";

std::vector<std::string> faults_of(const std::string& text) {
    const OpenLesson open(parse_lesson(text));
    std::vector<std::string> out;
    for (const Fault& fault : open.faults()) out.push_back(fmt::format("{}: {}", fault.line, fault.words));
    return out;
}

} // namespace

TEST_CASE("A lesson is parts of blocks, each with its line", "[lesson]") {
    const Lesson lesson = parse_lesson(small);
    CHECK(lesson.faults.empty());
    CHECK(lesson.title == "Title");
    REQUIRE(lesson.parts.size() == 3);
    CHECK(lesson.parts[0].title.empty());
    CHECK(lesson.parts[1].title == "First");
    CHECK(lesson.parts[2].title == "Second");
    const auto& before = lesson.parts[0].blocks;
    REQUIRE(before.size() == 2);
    CHECK(plain_words(before[0].spans) == "Before all parts.");
    CHECK(before[0].spans[1].emphasis);
    CHECK(before[0].spans[3].strong);
    CHECK(before[1].kind == BlockKind::opening);
    REQUIRE(before[1].lines.size() == 4);
    CHECK(before[1].lines[0].line == 6);
    CHECK(before[1].lines[3].text == "--say client:Meet me at \"nine\"");
    const auto& first = lesson.parts[1].blocks;
    REQUIRE(first.size() == 7);
    CHECK(first[0].spans[1].address == "keys/server.public");
    CHECK(first[0].spans[1].line == 14);
    CHECK(first[2].depth == 2);
    CHECK(first[2].sign == "1.");
    CHECK(first[3].head);
    CHECK(plain_words(first[4].cells.at(1)) == "d");
    CHECK(first[5].kind == BlockKind::pause);
    REQUIRE(first[6].question);
    CHECK(first[6].question->value == "public_key");
    CHECK(first[6].question->at_line == 25);
    const Question& choices = *lesson.parts[2].blocks.at(0).question;
    CHECK(choices.words == "Which one is right, of these?");
    CHECK(choices.choices == std::vector<std::string>{"4", "6", "32"});
    CHECK(choices.right == 1);
}

TEST_CASE("What a lesson opens is a command that a shell takes", "[lesson]") {
    const auto command = [](std::vector<std::string> texts) {
        std::vector<Line> lines;
        for (std::string& text : texts) lines.push_back({std::move(text), lines.size() + 1});
        return command_of(lines);
    };
    CHECK(command({}) == "keyhole exchange");
    CHECK(command({"--group toy23", "", "  --say=client:Meet me at nine"}) ==
          "keyhole exchange --group toy23 --say 'client:Meet me at nine'");
    CHECK(command({"--say client:It's nine"}) == R"(keyhole exchange --say 'client:It'\''s nine')");
    CHECK(command({"--say \"client:a&b\""}) == "keyhole exchange --say 'client:a&b'");
    CHECK(command({"  --key 133457799BBCDFF1", "--text Hi", "--decrypt"}) ==
          "keyhole trace des --key 133457799BBCDFF1 --text Hi --decrypt");
    CHECK(command({"trace des", "--text -x"}) == "keyhole trace des --text=-x");
    CHECK(command({"exchange", "--seed 42"}) == "keyhole exchange --seed 42");
}

TEST_CASE("The trace has the answers", "[lesson]") {
    const OpenLesson open(parse_lesson(small));
    CHECK(open.faults().empty());
    CHECK(open.questions() == 2);
    CHECK(open.links() == 1);
    CHECK(open.trace_at({0, 0}) == nullptr); // before anything is opened
    const Trace* trace = open.trace_at({1, 6});
    REQUIRE(trace != nullptr);
    CHECK(to_string(trace->recording().messages.at(0).sent->plaintext) == "Meet me at \"nine\"");
    const Question& q = *open.lesson().parts[1].blocks[6].question;
    CHECK(asked(q, *trace).find("public key") != std::string::npos);
    CHECK(is_right(q, *trace, "8"));
    CHECK(is_right(q, *trace, " 0x8 "));
    CHECK_FALSE(is_right(q, *trace, "19"));
    CHECK(right_answer(q, trace) == "0x08 = 00001000 = 8");
    const Question& choices = *open.lesson().parts[2].blocks[0].question;
    CHECK(is_right(choices, *trace, "6"));
    CHECK_FALSE(is_right(choices, *trace, "4"));
}

TEST_CASE("What is wrong with a lesson has its line", "[lesson]") {
    CHECK(faults_of("# T\n\n[x](keyhole:keys)\n").at(0).starts_with("3: 'keys' of which trace"));
    CHECK(faults_of("```keyhole\n--group toy32\n```\n").at(0).find("2: --group 'toy32' is not known") == 0);
    CHECK(faults_of("```keyhole\n\n--seed a\n--seed b\n```\n").at(0).starts_with("4: --seed is given more than once"));
    CHECK(faults_of("```keyhole\nrun\n```\n").at(0).starts_with("2: 'run' is no flag"));
    CHECK(faults_of("```keyhole\n--key 0101010101010101\n--decrypt yes\n--hex 00\n```\n")
              .at(0)
              .starts_with("3: --decrypt takes no value"));
    CHECK(faults_of("a\n\n```ask\nvalue: x\n```\n").at(0).starts_with("3: a question for a value without a step"));
    CHECK(faults_of("").at(0).starts_with("1: there is nothing in it"));
    CHECK_THROWS_AS(parse_lesson("\xFF"), Error);
    CHECK_THROWS_AS(parse_lesson(std::string(max_lesson_bytes + 1, '#')), Error);
}

TEST_CASE("A lesson that is not sound is refused by its first fault and its line", "[lesson]") {
    const keyhole::testing::TemporaryFolder folder;
    const auto file = folder.path() / "own.md";
    keyhole::testing::write_text(file, "# Own\n\n[there](nothing.md)\n");
    CHECK(read_lesson(file).faults().size() == 1);
    CHECK_THROWS_WITH(read_sound_lesson(file), Catch::Contains("own.md:3: no file 'nothing.md' beside the lesson"));
    CHECK(read_sound_lesson(course().front()).faults().empty());
}

TEST_CASE("A lesson of the course is found by its name, and offered where the name has a slip", "[lesson]") {
    CHECK(find_lesson("01-two-strangers").filename() == "01-two-strangers.md");
    CHECK_THROWS_WITH(find_lesson("01-two-stranger"), Catch::Contains("did you mean 01-two-strangers?"));
    CHECK(find_lesson("1") == find_lesson("01-two-strangers"));
    CHECK(find_lesson("05").filename() == "05-round-by-hand.md");
    CHECK(find_lesson("99") == "99");
    CHECK(find_lesson("my own lesson.md") == "my own lesson.md");
    CHECK(find_lesson("here/01-two-stranger") == "here/01-two-stranger");
}

TEST_CASE("Every lesson of the course is sound, and every question can be answered", "[lesson]") {
    REQUIRE(course().size() >= 8);
    for (const auto& file : course()) {
        const OpenLesson open = read_lesson(file);
        INFO(file);
        for (const Fault& fault : open.faults()) FAIL_CHECK(fault.line << ": " << fault.words);
        CHECK(open.questions() >= 4);
        for (std::size_t p = 0; p < open.lesson().parts.size(); ++p) {
            const auto& blocks = open.lesson().parts[p].blocks;
            for (std::size_t b = 0; b < blocks.size(); ++b) {
                if (!blocks[b].question) continue;
                const Question& q = *blocks[b].question;
                INFO("line " << q.line);
                CHECK_FALSE(q.hint.empty());
                const std::string answer = right_answer(q, open.trace_at({p, b}));
                CHECK_FALSE(answer.empty());
                if (!q.choices.empty()) continue;
                CHECK(is_right(q, *open.trace_at({p, b}), answer.substr(0, answer.find(" = "))));
                // The hint leads to the answer and does not tell it; short ones stand in every other sentence.
                const std::string told = answer.substr(0, answer.find(" = "));
                if (told.size() > 4) CHECK(q.hint.find(told) == std::string::npos);
            }
        }
    }
}
