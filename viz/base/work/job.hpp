// A long task beside the window: it reports how far it is, can be cancelled, and ends with one line of text. It has a
// thread of its own (job_runner.cpp); in a browser, which gives a page none, it waits for its turn between two frames
// (job_runner_web.cpp).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace keyhole::viz {

class Job {
  public:
    class Progress {
      public:
        void report(std::uint64_t done, std::uint64_t all) {
            all_.store(all, std::memory_order_relaxed);
            done_.store(done, std::memory_order_relaxed);
        }
        bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
        /// In a browser: a frame is wanted. Work that can stop in the middle does so, calls go_on_later() and returns;
        /// it is called again after the frame. Elsewhere never.
        bool slice_over() const;
        void go_on_later() { again_ = true; }

      private:
        friend class Job;
        std::atomic<std::uint64_t> done_{0}, all_{0};
        std::atomic<bool> cancelled_{false};
        bool again_ = false;
        std::chrono::steady_clock::time_point began_; // this slice
    };

    struct Outcome {
        std::string words; // one line
        bool failed = false;
    };

    /// Starts at once, and is cancelled and waited for when the job is destroyed. `work` returns its result in one
    /// line; what it throws becomes a failure's line. It must look at nothing that the window changes.
    explicit Job(std::function<std::string(Progress&)> work);
    ~Job();
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    /// False in a browser, where the window waits for whatever does not stop in the middle.
    static bool beside_the_window();

    bool running() const { return running_.load(std::memory_order_acquire); }
    /// 0 to 1.
    double share() const;
    void cancel() { progress_.cancelled_.store(true, std::memory_order_relaxed); }
    /// How it ended, once.
    std::optional<Outcome> take();

  private:
    class Runner; // what the work runs on
    /// True when the work is done, false when it wants to go on later.
    bool run();

    std::function<std::string(Progress&)> work_;
    Progress progress_;
    std::atomic<bool> running_{true};
    std::mutex mutex_;
    std::optional<Outcome> outcome_;
    std::unique_ptr<Runner> runner_; // destroyed first: waits
};

} // namespace keyhole::viz
