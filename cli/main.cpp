// The command line: parses, runs one command, and turns every failure into one line and an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <regex>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "core/bytes.hpp"
#include "core/error.hpp"

namespace {

int fail(const std::string& line, keyhole::Failure failure) {
    fmt::print(stderr, "keyhole: error: {}\n", line);
    return static_cast<int>(failure);
}

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

// CLI11's words as ours. They are short: what they quote is cut before.
std::string in_our_words(std::string what) {
    static const std::pair<std::regex, const char*> phrases[] = {
        {std::regex("(.+): \\d+ required .*missing"), "$1 needs a value"},
        {std::regex("(.+): At Most 1 required but received \\d+"), "$1 is given more than once"},
        {std::regex("Could not convert: (.+) = (.*)"), "$1 '$2' is no number"},
        {std::regex("A subcommand is required"), "a command is missing"},
        {std::regex("(.+) is required"), "$1 is missing"},
        {std::regex("(.+): Value (.+) not in range (.+) to (.+)"), "$1 $2 is not between $3 and $4"},
        {std::regex("(.+): Value (.+) not in range .*"), "$1 $2 is out of range"},
    };
    while (what.ends_with('\n') || what.ends_with('.')) what.pop_back();
    if (what.size() > 300) return what.substr(0, 300) + "..";
    for (const auto& [pattern, ours] : phrases) {
        if (std::regex_match(what, pattern)) return std::regex_replace(what, pattern, ours);
    }
    return what;
}

// Names what was typed where a command should be; CLI11 only says that one is missing. Throws Error (bad_input).
void check_command_words(const CLI::App& app, const std::vector<std::string>& arguments) {
    const CLI::App* at = &app;
    std::string path = app.get_name();
    for (const std::string& word : arguments) {
        if (at->get_subcommands([](const CLI::App*) { return true; }).empty()) return;
        if (word == "--help" || word == "-h" || word == "--version") return;
        const auto named = at->get_subcommands([&](const CLI::App* command) { return command->check_name(word); });
        if (named.empty()) {
            const bool option = word.starts_with('-');
            throw keyhole::bad_input(fmt::format("no {} '{}'{} ({} --help shows {})", option ? "option" : "command",
                                                 keyhole::escape_controls(word.substr(0, 60)),
                                                 at == &app ? "" : " of " + path, path,
                                                 option ? "what there is" : "them"));
        }
        at = named.front();
        path += " " + at->get_name();
    }
}

int run(int argc, char** argv) {
    using namespace keyhole;
    std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (!arguments.empty() && arguments.front() == "help") {
        arguments.erase(arguments.begin());
        arguments.emplace_back("--help");
    }
    CLI::App app("Keyhole: a two-way encrypted chat (Diffie-Hellman, DES) that can be looked into while it runs.",
                 "keyhole");
    app.set_version_flag("--version", "keyhole " KEYHOLE_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Example: keyhole trace des --key 133457799BBCDFF1 --hex 0123456789ABCDEF --at "
        "message.1/encrypt/block.1/round.5\n"
        "DES and unauthenticated Diffie-Hellman are broken today: this is for learning, not for secrets.");
    int status = 0;
    cli::add_encrypt(app, status);
    cli::add_decrypt(app, status);
    cli::add_trace(app, status);
    cli::add_group(app, status);
    cli::add_exchange(app, status);
    cli::add_serve(app, status);
    cli::add_connect(app, status);
    cli::add_relay(app, status);
    cli::add_replay(app, status);
    cli::add_verify(app, status);
    cli::add_kat(app, status);
    cli::add_crack(app, status);
    check_command_words(app, arguments);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend())); // CLI11 takes the last one first
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        return fail(fmt::format("{} (wrong usage; see {} --help)", escape_controls(in_our_words(error.what())),
                                chosen_command(app)),
                    Failure::bad_input);
    }
    if (std::fflush(stdout) != 0) return fail("standard output cannot be written (is the disk full?)", Failure::io);
    return status;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const keyhole::Error& error) {
        std::fflush(stdout);
        return fail(error.what(), error.failure());
    } catch (const std::bad_alloc&) {
        return fail("out of memory (the input is too large for this machine)", keyhole::Failure::io);
    } catch (const std::exception& error) {
        return fail(fmt::format("unexpected trouble ({}; please report it)", keyhole::escape_controls(error.what())),
                    keyhole::Failure::io);
    }
}
