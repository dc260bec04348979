// Keys as a terminal sends them one by one, made into lines: what is typed is a line when Enter comes, an arrow key on
// an empty line is one at once.
#pragma once

#include <optional>
#include <string>

namespace keyhole::cli {

class KeyLine {
  public:
    /// Ctrl+D on an empty line.
    static constexpr char end_of_input = '\x04';

    /// Takes a byte. `echo` becomes what the terminal is to show of it. Returns the line that it completes, if it does:
    /// what was typed before Enter, the escape sequence of a key, or end_of_input alone.
    std::optional<std::string> take(char byte, std::string& echo);

  private:
    std::optional<std::string> take_escape(char byte, std::string& echo);

    std::string line_, escape_;
};

} // namespace keyhole::cli
