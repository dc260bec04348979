// A job that can be watched: while it runs it shows a state now and then, of which the window takes the last one.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "viz/base/work/job.hpp"

namespace keyhole::viz {

template <class State>
class WatchedJob {
  public:
    /// Shows a state, and how much is done of all. False: the work is to stop.
    using Show = std::function<bool(State state, std::uint64_t done, std::uint64_t all)>;

    /// As a Job does; one that runs is stopped and waited for, and what it showed is forgotten.
    void start(std::function<std::string(const Show& show)> work) {
        forget();
        shared_ = std::make_shared<Shared>();
        job_ = std::make_unique<Job>([work = std::move(work), shared = shared_](Job::Progress& progress) {
            return work([&](State state, std::uint64_t done, std::uint64_t all) {
                progress.report(done, all);
                const std::lock_guard lock(shared->mutex);
                shared->fresh = std::move(state);
                return !progress.cancelled();
            });
        });
    }

    void cancel() {
        if (job_) job_->cancel();
    }

    /// Stops what runs; neither a state nor an outcome is there afterwards.
    void forget() {
        job_.reset();
        state_ = {};
        outcome_ = {};
    }

    bool running() const { return job_ != nullptr; }
    double share() const { return job_ ? job_->share() : 0; }

    /// Takes what there is by now. True when the work has just ended.
    bool poll() {
        if (!job_) return false;
        auto ended = job_->take(); // asked first: the last state is there when it has ended
        {
            const std::lock_guard lock(shared_->mutex);
            if (shared_->fresh) state_ = std::move(*shared_->fresh);
            shared_->fresh.reset();
        }
        if (!ended) return false;
        outcome_ = std::move(*ended);
        job_.reset();
        return true;
    }

    const State& state() const { return state_; }            // the last one that was taken
    const Job::Outcome& outcome() const { return outcome_; } // no words until it has ended

  private:
    struct Shared {
        std::mutex mutex;
        std::optional<State> fresh;
    };

    State state_{};
    Job::Outcome outcome_;
    std::shared_ptr<Shared> shared_;
    std::unique_ptr<Job> job_; // writes to shared_
};

} // namespace keyhole::viz
