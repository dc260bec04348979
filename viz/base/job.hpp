// A long task on a thread of its own: it reports how far it is, can be cancelled, and ends with one line of text.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace keyhole::viz {

class Job {
  public:
    class Progress {
      public:
        void report(std::uint64_t done, std::uint64_t all) {
            all_.store(all, std::memory_order_relaxed);
            done_.store(done, std::memory_order_relaxed);
        }
        bool cancelled() const { return stop_.stop_requested(); }

      private:
        friend class Job;
        std::atomic<std::uint64_t> done_{0}, all_{0};
        std::stop_token stop_;
    };

    struct Outcome {
        std::string words; // one line
        bool failed = false;
    };

    /// Starts at once, and is cancelled and waited for when the job is destroyed. `work` returns its result in one
    /// line; what it throws becomes a failure's line. It must look at nothing that the window changes.
    explicit Job(std::function<std::string(Progress&)> work);

    bool running() const { return running_.load(std::memory_order_acquire); }
    /// 0 to 1.
    double share() const;
    void cancel() { thread_.request_stop(); }
    /// How it ended, once.
    std::optional<Outcome> take();

  private:
    Progress progress_;
    std::atomic<bool> running_{true};
    std::mutex mutex_;
    std::optional<Outcome> outcome_;
    std::jthread thread_; // destroyed first: cancels and waits
};

} // namespace keyhole::viz
