// How a program ends: every failure becomes one line on stderr and an exit status. Wrong usage is said in our own
// words; keyhole and keyhole-viz say the same about the same mistake.
#pragma once

#include <functional>
#include <string>

#include "core/base/error.hpp"

namespace CLI { // costs seconds to include, and not all who end programs read options
class App;
class ParseError;
class Validator;
} // namespace CLI

namespace keyhole::cli {

/// For an option whose value is a path: an empty one is refused, so that nothing is silently not written.
CLI::Validator names_something();

/// The line on standard error, unless nobody takes it there: nobody ever waits for that.
void tell(const std::string& line);

/// Standard output took not all of what was written.
Error output_lost();

/// What CLI11 found wrong, with where to look it up. Not for --help and --version, which CLI11 throws as well.
Error wrong_usage(const CLI::App& app, const CLI::ParseError& error);

/// What `run` returns, or the status of the failure that it threw, after its one line.
int exit_status(const std::function<int()>& run);

} // namespace keyhole::cli
