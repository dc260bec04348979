#include "netsim/tcp/stop_signals.hpp"

#include <csignal>

namespace keyhole {

StopSignals::StopSignals(std::function<void()> on_signal, Next next)
    : on_signal_(std::move(on_signal)), next_(next), signals_(context_, SIGINT, SIGTERM, SIGHUP) {
    wait();
    thread_ = std::thread([this] { context_.run(); });
}

bool StopSignals::end() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    on_signal_ = [] {};
    context_.restart();
    context_.poll(); // a signal that was caught too late for the thread
    boost::system::error_code ignored;
    signals_.clear(ignored);
    return came();
}

void StopSignals::wait() {
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (error) return;
        came_.store(true, std::memory_order_release);
        boost::system::error_code ignored;
        next_ == Next::ends ? static_cast<void>(signals_.clear(ignored)) : wait();
        on_signal_();
    });
}

} // namespace keyhole
