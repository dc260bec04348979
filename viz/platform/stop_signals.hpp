// SIGINT, SIGTERM and SIGHUP end the window as Ctrl+Q does: byes are said, a running export is cancelled whole.
#pragma once

#include <asio.hpp>
#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace keyhole::viz {

class StopSignals {
  public:
    /// `wake` is called from another thread when the first signal came. The next one ends the program at once.
    explicit StopSignals(std::function<void()> wake);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    bool came() const { return came_.load(std::memory_order_acquire); }

  private:
    asio::io_context context_{1};
    asio::signal_set signals_{context_, SIGINT, SIGTERM, SIGHUP};
    std::atomic<bool> came_{false};
    std::thread thread_;
};

} // namespace keyhole::viz
