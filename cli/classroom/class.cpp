// keyhole class: a lecture for a room full of browsers. Students open one address, follow, and answer questions.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/classroom/class_program.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/terminal/terminal.hpp"
#include "cli/viewer_option.hpp"
#include "flags/exchange_flags.hpp"
#include "flags/usage.hpp"
#include "lesson/course.hpp"
#include "paper/classroom/class_pages.hpp"

namespace keyhole::cli {
namespace {

struct ClassText {
    std::string host = "0.0.0.0";
    unsigned port = 8080;
    std::size_t max_students = 300;
    ExchangeText exchange;
    std::string open, lesson;
    std::optional<std::string> viewer;
    bool json = false;
};

void gather(const ClassText& text, ClassSetup& setup) {
    if (!text.lesson.empty()) {
        const lesson::OpenLesson open = lesson::read_lesson(lesson::find_lesson(text.lesson));
        setup.lesson = questions_of(open);
        for (const auto& recording : open.recordings())
            setup.recordings.push_back(seen_through(*recording, text.viewer));
    } else {
        const Recording whole = text.open.empty() ? record_exchange(text.exchange) : open_file(text.open, std::nullopt);
        setup.recordings.push_back(seen_through(whole, text.viewer));
    }
}

void check_one_source(const ClassText& text, const std::vector<CLI::Option*>& exchange_flags) {
    if (text.open.empty() && text.lesson.empty()) return;
    for (const CLI::Option* flag : exchange_flags)
        if (flag->count() > 0)
            throw bad_input(fmt::format("{} describes an exchange of its own ({} shows another; leave one of them out)",
                                        flag->get_name(), text.open.empty() ? "--lesson" : "--open"));
}

void run(const ClassText& text) {
    ClassSetup setup{.json = text.json, .coloured = !text.json && takes_styles()};
    gather(text, setup);
    setup.server = {.listen = {parse_host(text.host), static_cast<std::uint16_t>(text.port)},
                    .max_students = text.max_students,
                    .offer = offer_like(setup.recordings.front())};
    ClassProgram(std::move(setup), paper::class_pages()).run();
}

} // namespace

void add_class(CLI::App& app, int&) {
    auto text = std::make_shared<ClassText>();
    CLI::App* sub = app.add_subcommand("class", "Hold a class: students follow and answer in their browsers");
    sub->add_option("--host", text->host, "the address to listen on; 0.0.0.0 is every one of this machine")
        ->capture_default_str();
    sub->add_option("--port", text->port, "the port; 0 takes any free one and says which")
        ->check(CLI::Range(0, 65535).description("0 to 65535"))
        ->capture_default_str();
    const auto flags_before = sub->get_options();
    add_exchange_options(sub, text->exchange);
    const auto exchange_flags =
        sub->get_options([&](const CLI::Option* flag) { return std::ranges::count(flags_before, flag) == 0; });
    CLI::Option* open =
        sub->add_option("--open", text->open, "show this recording or capture instead")->check(names_something());
    CLI::Option* lesson =
        sub->add_option("--lesson", text->lesson, "show what this lesson opens; `ask` alone asks its next question")
            ->check(names_something());
    open->excludes(lesson);
    add_viewer_option(sub, text->viewer)
        ->description("both (default), server, client or eavesdropper: what that one cannot know is not sent");
    sub->add_option("--max-students", text->max_students, "students at a time")
        ->check(CLI::Range(1, 2000).description("1 to 2000"))
        ->capture_default_str();
    sub->add_flag("--json", text->json, "results as one JSON object a line");
    sub->footer(
        "Example: keyhole class --group toy23 --seed 42 --say client:Hello\n"
        "Commands, one a line: n i o b s e and g ADDRESS as with --step; ask VALUE, ask VALUE at ADDRESS, ask choices "
        "A|B|C, close, reveal, who, quit.");
    sub->callback([text, exchange_flags] {
        check_one_source(*text, exchange_flags);
        run(*text);
    });
}

} // namespace keyhole::cli
