// Waiting for what another thread does: until it holds, looked at again whenever that thread says that there is
// something new, and every millisecond for what says nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>

namespace keyhole::testing {

/// That any one thing may take on a loaded machine. KEYHOLE_PATIENCE is a factor for slow builds.
inline std::chrono::duration<double> wait_limit() {
    const char* const patience = std::getenv("KEYHOLE_PATIENCE");
    return std::chrono::seconds(40) * (patience == nullptr ? 1.0 : std::strtod(patience, nullptr));
}

class Waiter {
  public:
    /// To be given to a model, which calls it from any thread. The waiter must outlive the model.
    std::function<void()> wake() {
        return [this] {
            const std::lock_guard lock(mutex_);
            woken_ = true;
            changed_.notify_one();
        };
    }

    /// False: it never held.
    template <class Condition>
    bool until(Condition holds) {
        const auto end = std::chrono::steady_clock::now() + wait_limit();
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end) return false;
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::milliseconds(1), [this] { return woken_; });
            woken_ = false;
        }
        return true;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
};

/// For models that wake nobody.
template <class Condition>
bool wait_until(Condition holds) {
    return Waiter().until(holds);
}

} // namespace keyhole::testing
