// keyhole lesson: the course that comes with the program, a check for lessons of one's own, and lessons as pages.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "flags/usage.hpp"
#include "lesson/course.hpp"
#include "paper/lesson/lesson_page.hpp"

namespace keyhole::cli {
namespace {

namespace fs = std::filesystem;

void list() {
    for (const fs::path& file : lesson::course()) {
        const lesson::OpenLesson open = lesson::read_lesson(file);
        fmt::print("{:<24} {} ({}, {})\n", file.stem().string(), open.lesson().title,
                   counted(open.lesson().parts.size(), "part"), counted(open.questions(), "question"));
    }
}

bool tell_faults(const std::vector<lesson::Fault>& faults, const fs::path& file) {
    for (const lesson::Fault& fault : faults) fmt::print("{}:{}: {}\n", shown(file), fault.line, fault.words);
    return !faults.empty();
}

void check(const std::string& named, int& status) {
    const fs::path file = lesson::find_lesson(named);
    const lesson::OpenLesson open = lesson::read_lesson(file);
    if (tell_faults(open.faults(), file)) {
        status = 1;
        return;
    }
    fmt::print("{}: {}, {}, {} to steps: nothing is wrong\n", shown(file), counted(open.lesson().parts.size(), "part"),
               counted(open.questions(), "question"), counted(open.links(), "link"));
}

void write_page(const std::string& named, const std::string& out, int& status) {
    const fs::path file = lesson::find_lesson(named);
    const lesson::OpenLesson open = lesson::read_lesson(file);
    if (tell_faults(open.faults(), file)) {
        status = 1;
        return;
    }
    write_file(out, paper::lesson_html(open));
}

} // namespace

void add_lesson(CLI::App& app, int& status) {
    CLI::App* lesson = app.add_subcommand("lesson", "The course, and lessons of your own");
    lesson->require_subcommand(1);
    lesson->footer(
        "Example: keyhole lesson list\n"
        "Example: keyhole lesson html 01-two-strangers --out strangers.html\n"
        "A lesson is a Markdown file; keyhole-viz --lesson FILE shows it beside the stage.");

    lesson->add_subcommand("list", "The lessons that come with the program")
        ->footer("Example: keyhole lesson list")
        ->callback([] { list(); });

    auto file = std::make_shared<std::string>(), out = std::make_shared<std::string>();
    CLI::App* checked = lesson->add_subcommand("check", "Look for addresses, values and flags that do not exist");
    checked->add_option("FILE", *file, "a Markdown file, or the name of a lesson of the course")->required();
    checked->footer(
        "Prints `FILE:LINE: WHAT` for each. Exit status: 0 nothing is wrong, 1 something is.\n"
        "Example: keyhole lesson check my-lesson.md");
    checked->callback([file, &status] { check(*file, status); });

    CLI::App* page = lesson->add_subcommand("html", "Write a lesson as one page for a browser, its figures inside");
    page->add_option("FILE", *file, "a Markdown file, or the name of a lesson of the course")->required();
    page->add_option("--out", *out, "the page")->required()->check(names_something());
    page->footer("Example: keyhole lesson html my-lesson.md --out my-lesson.html");
    page->callback([file, out, &status] { write_page(*file, *out, status); });
}

} // namespace keyhole::cli
