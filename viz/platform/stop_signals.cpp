#include "viz/platform/stop_signals.hpp"

namespace keyhole::viz {

StopSignals::StopSignals(std::function<void()> wake) {
    signals_.async_wait([this, wake = std::move(wake)](std::error_code error, int) {
        if (error) return;
        came_.store(true, std::memory_order_release);
        std::error_code ignored;
        signals_.clear(ignored); // each signal does again what it did before
        wake();
    });
    thread_ = std::thread([this] { context_.run(); });
}

StopSignals::~StopSignals() {
    asio::post(context_, [this] { signals_.cancel(); });
    thread_.join();
}

} // namespace keyhole::viz
