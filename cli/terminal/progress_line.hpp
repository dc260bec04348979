// How far something has come, on standard error: one line that is redrawn on a terminal, and now and then a new one
// elsewhere.
#pragma once

#include <chrono>
#include <string_view>

namespace keyhole::cli {

class ProgressLine {
  public:
    /// On a terminal it is not redrawn more often than that.
    explicit ProgressLine(std::chrono::milliseconds between = {});

    bool on_terminal() const { return terminal_; }
    /// Whether the time for the next one has come; once for each.
    bool due();
    void show(std::string_view line) const;
    /// Clears what is redrawn.
    void end() const;

  private:
    const bool terminal_;
    const std::chrono::milliseconds between_;
    std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

} // namespace keyhole::cli
