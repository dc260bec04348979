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
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"

namespace keyhole::cli {
namespace {

// The command that a usage error belongs to, and its name for the hint "see keyhole trace des --help".
struct Chosen {
    const CLI::App* command;
    std::string path;
};

Chosen chosen_command(const CLI::App& app) {
    Chosen at{&app, app.get_name()};
    while (!at.command->get_subcommands().empty()) {
        at.command = at.command->get_subcommands().front();
        at.path += " " + at.command->get_name();
    }
    return at;
}

// CLI11's message in Keyhole's words. Long messages are cut, for the expressions would take long to match them.
std::string in_our_words(std::string what) {
    static const std::pair<std::regex, const char*> phrases[] = {
        {std::regex("(.+): \\d+ required .*missing"), "$1 needs a value"},
        {std::regex("(.+): At Most 1 required but received \\d+"), "$1 is given more than once"},
        {std::regex("Could not convert: (.+) = (.*)"), "$1 '$2' is no number"},
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

// A word that no option takes, and what may have been meant.
std::string unexpected_word(const Chosen& at, const std::string& word) {
    const std::string quoted = escape_controls(whole_characters(word.substr(0, word.find('=')), 60));
    if (!word.starts_with('-'))
        return fmt::format(
            "'{}' belongs to no option of {} (wrong usage; put a text with blanks in quotes, and see {} "
            "--help)",
            quoted, at.path, at.path);
    std::vector<std::string> names;
    for (const CLI::Option* option : at.command->get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> words(names.begin(), names.end());
    return fmt::format("{} has no option '{}' (wrong usage; {}see {} --help)", at.path, quoted,
                       did_you_mean(quoted, words), at.path);
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

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

Error wrong_usage(const CLI::App& app, const CLI::ParseError& error) {
    const Chosen at = chosen_command(app);
    const std::vector<std::string> extra = app.remaining(true), commands = command_names(*at.command);
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !extra.empty())
        return bad_input(unexpected_word(at, extra.front()));
    if (!commands.empty())
        return bad_input(fmt::format("a command is missing (wrong usage; give one of {}, and see {} --help)",
                                     fmt::join(commands, ", "), at.path));
    return bad_input(
        fmt::format("{} (wrong usage; see {} --help)", escape_controls(in_our_words(error.what())), at.path));
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
