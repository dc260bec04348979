// How a program ends: every failure becomes one line on standard error and an exit status. keyhole and keyhole-viz say
// the same about the same mistake.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/error.hpp"

namespace CLI { // declared only: including it costs seconds
class App;
class ParseError;
class Validator;
} // namespace CLI

namespace keyhole::cli {

/// For an option whose value is a path: refuses an empty one, which would silently write nothing.
CLI::Validator names_something();

/// Prints the line on standard error, or drops it when nobody reads there: the program never waits for a reader.
void tell(const std::string& line);

/// The error for standard output that does not take all that is written.
Error output_lost();

/// The commands of a program or command.
std::vector<std::string> command_names(const CLI::App& app);

/// What CLI11 found wrong, with the command whose --help explains it. Not for --help and --version, which CLI11 throws
/// as well.
Error wrong_usage(const CLI::App& app, const CLI::ParseError& error);

/// What `run` returns, or the status of the failure that it threw, after its one line.
int exit_status(const std::function<int()>& run);

} // namespace keyhole::cli
