// One long work on a thread of its own: it reports how far it is, can be cancelled, and ends with one line.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
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
        bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

      private:
        friend class Job;
        std::atomic<std::uint64_t> done_{0}, all_{0};
        std::atomic<bool> cancelled_{false};
    };

    struct Outcome {
        std::string words; // one line
        bool failed = false;
    };

    /// Starts at once. `work` returns its result in one line; what it throws becomes a failure's line. It must look at
    /// nothing that the window changes.
    explicit Job(std::function<std::string(Progress&)> work);
    /// Cancels and waits.
    ~Job();
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    bool running() const { return running_.load(std::memory_order_acquire); }
    /// 0 to 1.
    double share() const;
    void cancel() { progress_.cancelled_.store(true, std::memory_order_relaxed); }
    /// How it ended, once.
    std::optional<Outcome> take();

  private:
    Progress progress_;
    std::atomic<bool> running_{true};
    std::mutex mutex_;
    std::optional<Outcome> outcome_;
    std::thread thread_;
};

} // namespace keyhole::viz
