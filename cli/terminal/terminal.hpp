// What standard output and standard input are: how wide, whether they understand escape sequences, and keys that arrive
// one by one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keyhole::cli {

/// The columns of the terminal that standard output is, 80 where it does not tell; nothing where it is no terminal.
std::optional<std::size_t> terminal_width();

/// A terminal that understands escape sequences: not with TERM=dumb, and not without a TERM.
bool terminal_takes_escapes();

/// A terminal that understands them, and nobody said that it should show none (NO_COLOR).
bool takes_styles();

/// In bold where it takes styles.
std::string bold(std::string_view text);

/// Prose as standard output shows it: wrapped at words in a terminal, as it is elsewhere.
std::string prose(std::string_view text);

/// While it lives, standard input gives each key at once and echoes none, if it is a terminal and standard output is
/// one that takes escape sequences. However the program ends, the terminal is left as it was.
class SingleKeys {
  public:
    SingleKeys();
    ~SingleKeys();
    SingleKeys(const SingleKeys&) = delete;
    SingleKeys& operator=(const SingleKeys&) = delete;

    bool active() const { return active_; }

  private:
    bool active_ = false;
};

} // namespace keyhole::cli
