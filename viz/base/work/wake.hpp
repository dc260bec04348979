// How another thread asks the window for a frame. It may be set while that thread runs.
#pragma once

#include <functional>
#include <mutex>

namespace keyhole::viz {

class Wake {
  public:
    void set(std::function<void()> wake) {
        const std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
    }
    void call() const {
        const std::lock_guard lock(mutex_);
        if (wake_) wake_();
    }

  private:
    mutable std::mutex mutex_;
    std::function<void()> wake_;
};

} // namespace keyhole::viz
