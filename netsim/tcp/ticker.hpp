// Calls a function four times a second, so that what waits for a peer notices when time is up.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "netsim/tcp/asio.hpp"

namespace keyhole {

/// Milliseconds of a clock that never goes back.
inline std::uint64_t milliseconds_now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

class Ticker {
  public:
    explicit Ticker(const asio::any_io_executor& executor) : timer_(executor) {}

    /// Until stop(). `tick` must keep the ticker's owner alive: nothing else does while the loop waits.
    void start(std::function<void()> tick) {
        timer_.expires_after(interval);
        timer_.async_wait([this, tick = std::move(tick)](boost::system::error_code error) {
            if (error || stopped_) return;
            tick();
            if (!stopped_) start(tick);
        });
    }
    void stop() {
        stopped_ = true;
        timer_.cancel();
    }

  private:
    static constexpr std::chrono::milliseconds interval{250};

    asio::steady_timer timer_;
    bool stopped_ = false;
};

} // namespace keyhole
