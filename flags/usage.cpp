#include "flags/usage.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>
#include <regex>
#include <string>
#include <utility>

#include "core/base/bytes.hpp"

namespace keyhole::cli {
namespace {

// The command that a usage error belongs to, for the hint "see keyhole trace des --help".
std::string chosen_command(const CLI::App& app) {
    std::string path = app.get_name();
    const CLI::App* at = &app;
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().front();
        path += " " + at->get_name();
    }
    return path;
}

// CLI11's message in Keyhole's words. Long messages are cut, for the expressions would take long to match them.
std::string in_our_words(std::string what) {
    static const std::pair<std::regex, const char*> phrases[] = {
        {std::regex("(.+): \\d+ required .*missing"), "$1 needs a value"},
        {std::regex("(.+): At Most 1 required but received \\d+"), "$1 is given more than once"},
        {std::regex("Could not convert: (.+) = (.*)"), "$1 '$2' is no number"},
        {std::regex("A subcommand is required"), "a command is missing"},
        {std::regex("(.+) is required"), "$1 is missing"},
        {std::regex("(.+): Value (.+) not in range \\[?(.+?) (?:to|-) (.+?)\\]?"), "$1 $2 is not between $3 and $4"},
        {std::regex("(.+): Value (.+) not in range .*"), "$1 $2 is out of range"},
    };
    while (what.ends_with('\n') || what.ends_with('.')) what.pop_back();
    if (what.size() > 300) return std::string(whole_characters(what, 300)) + "..";
    for (const auto& [pattern, ours] : phrases) {
        if (std::regex_match(what, pattern)) return std::regex_replace(what, pattern, ours);
    }
    return what;
}

int fail(const std::string& line, Failure failure) {
    std::fflush(stdout);
    tell(fmt::format("keyhole: error: {}\n", line));
    return static_cast<int>(failure);
}

} // namespace

CLI::Validator names_something() {
    return CLI::Validator(
        [](std::string& path) { return path.empty() ? std::string("the path is empty") : std::string(); }, "");
}

void tell(const std::string& line) {
    constexpr int patience_ms = 100;
    static bool unread = false; // nobody took the last line: do not wait for the next
    pollfd waiting{STDERR_FILENO, POLLOUT, 0};
    unread = ::poll(&waiting, 1, unread ? 0 : patience_ms) == 0;
    if (!unread) std::fputs(line.c_str(), stderr);
}

Error output_lost() {
    return io_error("standard output cannot be written (the disk is full, or the reader gone; send it elsewhere)");
}

Error wrong_usage(const CLI::App& app, const CLI::ParseError& error) {
    return bad_input(fmt::format("{} (wrong usage; see {} --help)", escape_controls(in_our_words(error.what())),
                                 chosen_command(app)));
}

int exit_status(const std::function<int()>& run) {
    try {
        return run();
    } catch (const Error& error) {
        return fail(error.what(), error.failure());
    } catch (const std::bad_alloc&) {
        return fail("out of memory (the input is too large for this machine)", Failure::io);
    } catch (const std::exception& error) {
        // fmt::print throws an error of its own when standard output fails.
        if (std::ferror(stdout) != 0) return fail(output_lost().what(), Failure::io);
        return fail(fmt::format("unexpected trouble ({}; please report it)", escape_controls(error.what())),
                    Failure::io);
    }
}

} // namespace keyhole::cli
