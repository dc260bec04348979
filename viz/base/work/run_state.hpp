// What something on another thread (a relay, a class) tells the window: a state with a `version` and an `error`, of the
// run that was begun last. The window begins and stops runs; what the thread still says of an earlier one is not heard.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "viz/base/work/wake.hpp"

namespace keyhole::viz {

template <class State>
class RunState {
  public:
    /// `wake` is called, mostly from the other thread, whenever the state has changed.
    void set_wake(std::function<void()> wake) { wake_.set(std::move(wake)); }

    // The window's. Each returns the number of the run, under which the thread speaks from then on.

    std::uint64_t begin(State fresh) {
        return turn(true, [&](State& state) { state = std::move(fresh); });
    }
    /// What `change` leaves of the state stays to be seen.
    template <class Change>
    std::uint64_t stop(Change change) {
        return turn(false, change);
    }
    /// It was begun, has not been stopped, and has not failed.
    bool running() const {
        const std::lock_guard lock(mutex_);
        return running_;
    }
    State get() const {
        const std::lock_guard lock(mutex_);
        return state_;
    }
    std::uint64_t version() const {
        const std::lock_guard lock(mutex_);
        return state_.version;
    }

    // The thread's.

    template <class Change>
    void change(std::uint64_t run, Change change) {
        {
            const std::lock_guard lock(mutex_);
            if (run != run_) return;
            apply(change);
        }
        wake_.call();
    }
    /// The run has ended by itself; `change` says what is left of the state.
    template <class Change>
    void fail(std::uint64_t run, const std::string& why, Change what_is_left) {
        change(run, [&](State& state) {
            running_ = false;
            what_is_left(state);
            state.error = why;
        });
    }

  private:
    template <class Change>
    std::uint64_t turn(bool running, Change change) {
        std::uint64_t run = 0;
        {
            const std::lock_guard lock(mutex_);
            run = ++run_;
            running_ = running;
            apply(change);
        }
        wake_.call();
        return run;
    }

    template <class Change>
    void apply(Change& change) {
        const std::uint64_t version = state_.version + 1;
        change(state_);
        state_.version = version;
    }

    Wake wake_;
    mutable std::mutex mutex_;
    State state_;
    std::uint64_t run_ = 0;
    bool running_ = false;
};

} // namespace keyhole::viz
