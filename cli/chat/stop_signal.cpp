// The handler writes one flag and nothing else.
#include "cli/chat/stop_signal.hpp"

#include <csignal>

namespace keyhole::cli {
namespace {

constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t came_ = 0;

void note(int signal) {
    came_ = 1;
    std::signal(signal, SIG_DFL);
}

} // namespace

StopSignal::StopSignal() {
    came_ = 0;
    for (const int signal : signals) std::signal(signal, note);
}

StopSignal::~StopSignal() {
    for (const int signal : signals) std::signal(signal, SIG_DFL);
}

bool StopSignal::came() const { return came_ != 0; }

} // namespace keyhole::cli
