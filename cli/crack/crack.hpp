// The attacks of `keyhole crack`, and what they can run on; each adds its subcommand, with options, help and an
// example, and runs it.
#pragma once

#include <CLI/CLI.hpp>

namespace keyhole::cli {

void add_crack_des(CLI::App& crack, int& status); // crack_des.cpp
void add_crack_dh(CLI::App& crack, int& status);  // crack_dh.cpp
void add_crack_devices(CLI::App& crack);          // crack_devices.cpp

} // namespace keyhole::cli
