// Going through a lesson: pauses, answers, and what is kept of them.
#include "viz/lesson/lesson_run.hpp"

#include <filesystem>
#include <fstream>

#include "core/base/file.hpp"
#include "lesson/course.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::viz;
namespace fs = std::filesystem;

namespace {

constexpr const char* text = R"(# Small

```keyhole
--group toy23
--server-private 6
--client-private 15
```

## One

Before.

---

```ask
at: keys/server.public
value: public_key
hint: Powers of five.
```

## Two

```ask
ask: Which?
choices: no | *yes
```
)";

LessonRun run(const fs::path& memory) { return {lesson::OpenLesson(lesson::parse_lesson(text)), memory}; }

struct Folder {
    fs::path path = fs::temp_directory_path() / "keyhole-lesson-run-test";
    Folder() { fs::remove_all(path); }
    ~Folder() { fs::remove_all(path); }
};

} // namespace

TEST_CASE("A lesson goes on where it is asked to, and takes two tries a question", "[viz][lesson]") {
    LessonRun lesson = run({});
    CHECK(lesson.parts() == 3); // what stands before the first heading opens the trace
    lesson.show_part(1);
    CHECK(lesson.pauses());
    CHECK(lesson.seen_blocks() == 1);
    lesson.pass();
    CHECK_FALSE(lesson.pauses());
    CHECK(lesson.seen_blocks() == 3);
    const lesson::Place place{1, 2};
    CHECK_FALSE(lesson.take(place, "  "));
    CHECK(lesson.take(place, "7"));
    CHECK(lesson.answer(place).misses == 1);
    CHECK_FALSE(lesson.answer(place).over());
    CHECK(lesson.take(place, "0x8"));
    CHECK(lesson.answer(place).right);
    CHECK_FALSE(lesson.take(place, "9"));
    lesson.show_part(2);
    CHECK(lesson.take({2, 0}, "no"));
    CHECK(lesson.take({2, 0}, "no"));
    CHECK(lesson.answer({2, 0}).over());
    CHECK(lesson.score() == std::pair<std::size_t, std::size_t>{1, 2});
    CHECK_FALSE(lesson.take({0, 0}, "8")); // no question stands there
    lesson.show_part(9);
    CHECK(lesson.part() == 2);
}

TEST_CASE("What was answered is kept, and what is no memory is written anew", "[viz][lesson]") {
    const Folder folder;
    const fs::path file = folder.path / "deep" / "lessons.json";
    {
        LessonRun lesson = run(file);
        lesson.show_part(1);
        lesson.pass();
        lesson.take({1, 2}, "8");
        CHECK(lesson.trouble().empty());
    }
    LessonRun again = run(file);
    CHECK(again.part() == 1);
    CHECK(again.seen_blocks() == 3);
    CHECK(again.answer({1, 2}).right);
    CHECK(again.answer({1, 2}).typed == "8");
    for (const char* broken :
         {"", "[]", "{", R"({"format":"keyhole-lessons/1","lessons":{"Small":{"part":99,"answers":[{"part":1}]}}})"}) {
        write_file(file, broken);
        LessonRun lesson = run(file);
        CHECK(lesson.score().second == 0);
        CHECK(lesson.part() < 3);
        lesson.take({1, 2}, "8");
        CHECK(run(file).answer({1, 2}).right);
    }
}
