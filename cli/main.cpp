// The command line: parses, runs one command, and turns every failure into one line and an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <utility>

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

int run(int argc, char** argv) {
    using namespace keyhole;
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
    const auto named = [&](const CLI::App* command) { return command->check_name(argv[1]); };
    if (argc > 1 && argv[1][0] != '-' && std::as_const(app).get_subcommands(named).empty()) {
        throw bad_input(fmt::format("no command '{}' (keyhole --help shows them)", escape_controls(argv[1])));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::string what = error.what();
        while (what.ends_with('\n') || what.ends_with('.')) what.pop_back();
        return fail(fmt::format("{} (wrong usage; see {} --help)", escape_controls(what), chosen_command(app)),
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
