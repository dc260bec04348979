// One function a command: it adds its subcommand with options, help and an example, and runs it in CLI11's callback.
// A callback reports trouble by throwing keyhole::Error and the answer "no" by setting `status` to 1.
#pragma once

#include <CLI/CLI.hpp>

namespace keyhole::cli {

void add_encrypt(CLI::App& app, int& status);
void add_decrypt(CLI::App& app, int& status);
void add_trace(CLI::App& app, int& status);
void add_group(CLI::App& app, int& status);
void add_exchange(CLI::App& app, int& status);
void add_serve(CLI::App& app, int& status);
void add_connect(CLI::App& app, int& status);
void add_relay(CLI::App& app, int& status);
void add_replay(CLI::App& app, int& status);
void add_compare(CLI::App& app, int& status);
void add_verify(CLI::App& app, int& status);
void add_kat(CLI::App& app, int& status);
void add_practice(CLI::App& app, int& status);
void add_worksheet(CLI::App& app, int& status);
void add_crack(CLI::App& app, int& status);
void add_lab(CLI::App& app, int& status);
void add_figure(CLI::App& app, int& status);
void add_lesson(CLI::App& app, int& status);
void add_class(CLI::App& app, int& status);

} // namespace keyhole::cli
