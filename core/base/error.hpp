// The one exception of the program: what went wrong, as one line for a person, and how it ends a command.
// The line reads `WHAT (WHY; what to do)`; the exit statuses are those of docs/command-line.md.
#pragma once

#include <stdexcept>
#include <string>

namespace keyhole {

enum class Failure {
    answer_no = 1, // the question was understood and the answer is no
    bad_input = 2, // arguments, files' contents or a peer's bytes are not what they should be
    io = 3,        // the network or a file did not cooperate
};

class Error : public std::runtime_error {
  public:
    Error(Failure failure, const std::string& line) : std::runtime_error(line), failure_(failure) {}

    Failure failure() const noexcept { return failure_; }
    int exit_status() const noexcept { return static_cast<int>(failure_); }

  private:
    Failure failure_;
};

inline Error bad_input(const std::string& line) { return {Failure::bad_input, line}; }
inline Error io_error(const std::string& line) { return {Failure::io, line}; }

} // namespace keyhole
