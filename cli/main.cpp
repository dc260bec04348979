// The command line: parses it and runs one command. A failure becomes one line and an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <vector>

#include "cli/commands.hpp"
#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "flags/usage.hpp"

namespace {

// Throws Error (bad_input) for an option that stands before the command that knows it.
void check_order(const CLI::App& app, const std::string& path, const std::string& option,
                 const std::vector<std::string>& arguments) {
    const std::string name = option.substr(0, option.find('='));
    for (const std::string& word : arguments) {
        const auto named = app.get_subcommands([&](const CLI::App* command) { return command->check_name(word); });
        if (named.empty() || named.front()->get_option_no_throw(name) == nullptr) continue;
        throw keyhole::bad_input(
            fmt::format("option '{0}' stands before its command (it belongs behind it; write {1} {2} {0})",
                        keyhole::escape_controls(name.substr(0, 60)), path, word));
    }
}

// Throws Error (bad_input) for a word that is no command, naming it: CLI11 would only say that a command is missing.
void check_command_words(const CLI::App& app, const std::vector<std::string>& arguments) {
    const CLI::App* at = &app;
    std::string path = app.get_name();
    for (const std::string& word : arguments) {
        if (at->get_subcommands([](const CLI::App*) { return true; }).empty()) return;
        if (word == "--help" || word == "-h" || word == "--version") return;
        const auto named = at->get_subcommands([&](const CLI::App* command) { return command->check_name(word); });
        if (named.empty()) {
            const bool option = word.starts_with('-');
            if (option) check_order(*at, path, word, arguments);
            const std::vector<std::string> names = keyhole::cli::command_names(*at);
            const std::vector<std::string_view> words(names.begin(), names.end());
            throw keyhole::bad_input(fmt::format(
                "no {} '{}'{} (there is none of that name; {}{} --help shows {})", option ? "option" : "command",
                keyhole::escape_controls(word.substr(0, 60)), at == &app ? "" : " of " + path,
                option ? "" : keyhole::did_you_mean(word, words), path, option ? "what there is" : "them"));
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
    for (const auto add : {cli::add_encrypt, cli::add_decrypt, cli::add_trace, cli::add_group, cli::add_exchange,
                           cli::add_serve, cli::add_connect, cli::add_relay, cli::add_replay, cli::add_compare,
                           cli::add_verify, cli::add_kat, cli::add_crack, cli::add_lab, cli::add_practice,
                           cli::add_worksheet, cli::add_figure, cli::add_lesson, cli::add_class}) {
        add(app, status);
    }
    check_command_words(app, arguments);
    if (arguments.empty()) fmt::print("{}", app.help()); // and then the error that a command is missing
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend())); // CLI11 takes the last one first
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) throw cli::wrong_usage(app, error);
        app.exit(error);
        std::cout.flush();
    }
    if (std::fflush(stdout) != 0 || !std::cout) throw cli::output_lost();
    return status;
}

} // namespace

int main(int argc, char** argv) {
    return keyhole::cli::exit_status([&] { return run(argc, argv); });
}
