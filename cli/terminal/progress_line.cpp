#include "cli/terminal/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace keyhole::cli {
namespace {

constexpr std::chrono::seconds between_lines{5};

} // namespace

ProgressLine::ProgressLine(std::chrono::milliseconds between)
    : terminal_(isatty(STDERR_FILENO) != 0), between_(terminal_ ? between : between_lines) {}

bool ProgressLine::due() {
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < between_) return false;
    shown_ = now;
    return true;
}

void ProgressLine::show(std::string_view line) const {
    fmt::print(stderr, "{}{}{}", terminal_ ? "\r\x1b[K" : "", line, terminal_ ? "" : "\n");
    std::fflush(stderr);
}

void ProgressLine::end() const {
    if (terminal_) fmt::print(stderr, "\r\x1b[K");
}

} // namespace keyhole::cli
