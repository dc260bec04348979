#include "cli/terminal/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>

#include "core/base/words.hpp"

namespace keyhole::cli {
namespace {

constexpr std::size_t unknown_width = 80, least_width = 20;
constexpr std::array fatal_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// For the signal handlers, which can be handed nothing.
termios usual_mode{}, key_mode{};

void end_with_usual_mode(int signal) {
    tcsetattr(STDIN_FILENO, TCSANOW, &usual_mode);
    std::raise(signal); // the handler is gone: SA_RESETHAND
}

void go_on_with_keys(int) { tcsetattr(STDIN_FILENO, TCSANOW, &key_mode); } // the shell has set its own mode meanwhile

void on_signal(int signal, void (*handler)(int), unsigned flags) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = static_cast<int>(flags);
    sigaction(signal, &action, nullptr);
}

} // namespace

std::optional<std::size_t> terminal_width() {
    if (isatty(STDOUT_FILENO) == 0) return std::nullopt;
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return unknown_width;
    return std::max<std::size_t>(size.ws_col, least_width);
}

bool terminal_takes_escapes() {
    const char* term = std::getenv("TERM");
    return isatty(STDOUT_FILENO) != 0 && term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

bool takes_styles() {
    const char* no_colour = std::getenv("NO_COLOR");
    return (no_colour == nullptr || *no_colour == '\0') && terminal_takes_escapes();
}

std::string bold(std::string_view text) {
    return takes_styles() ? fmt::format("\x1B[1m{}\x1B[0m", text) : std::string(text);
}

std::string prose(std::string_view text) {
    const auto width = terminal_width();
    return width ? wrapped(text, *width) : std::string(text);
}

SingleKeys::SingleKeys() {
    if (!terminal_takes_escapes() || tcgetattr(STDIN_FILENO, &usual_mode) != 0) return;
    key_mode = usual_mode;
    key_mode.c_lflag &= ~(tcflag_t{ICANON} | tcflag_t{ECHO});
    key_mode.c_cc[VMIN] = 1;
    key_mode.c_cc[VTIME] = 0;
    for (const int signal : fatal_signals) on_signal(signal, end_with_usual_mode, SA_RESETHAND);
    on_signal(SIGCONT, go_on_with_keys, SA_RESTART);
    active_ = tcsetattr(STDIN_FILENO, TCSADRAIN, &key_mode) == 0;
}

SingleKeys::~SingleKeys() {
    if (!active_) return;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &usual_mode);
    for (const int signal : fatal_signals) std::signal(signal, SIG_DFL);
    std::signal(SIGCONT, SIG_DFL);
}

} // namespace keyhole::cli
