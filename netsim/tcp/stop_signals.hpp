// SIGINT (Ctrl-C), SIGTERM and SIGHUP as a request to stop, so that a program can say bye, write its files whole, and
// end by itself. A thread of its own waits for them: a command that computes asks came(), one that waits is told.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "netsim/tcp/asio.hpp"

namespace keyhole {

class StopSignals {
  public:
    enum class Next {
        ends,  // the next signal ends the program at once, as usual
        tells, // every signal is told
    };

    /// `on_signal` is called from the other thread.
    explicit StopSignals(
        std::function<void()> on_signal = [] {}, Next next = Next::ends);
    ~StopSignals() { end(); }
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// From now on a signal ends the program at once, as usual, and nobody is told of any. Returns whether one came
    /// before, even if it came too late to be told or too late for whoever was told.
    bool end();

    bool came() const { return came_.load(std::memory_order_acquire); }

  private:
    void wait();

    std::function<void()> on_signal_;
    Next next_;
    asio::io_context context_{1};
    asio::signal_set signals_;
    std::atomic<bool> came_{false};
    std::thread thread_;
};

} // namespace keyhole
