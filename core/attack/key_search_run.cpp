// The workers and their common counter. Once a key is found no later chunk is begun, and the earlier ones are finished:
// the key that is reported is always that of the lowest chunk.
#include "core/attack/key_search_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

constexpr std::uint64_t chunks_a_claim = 16; // about a millisecond of work in wide words, a tenth of a second in narrow

class Run {
  public:
    Run(const KeySearch& search, const KeySearchState& start, const KeySearchOptions& options)
        : search_(search),
          options_(options),
          start_(start),
          next_(start.next_chunk),
          end_(search.end_chunk()),
          running_(std::max(1U, options.threads)),
          begun_(running_, start.next_chunk) {}

    KeySearchState go() {
        std::vector<std::jthread> workers;
        const unsigned count = running_;
        try {
            for (unsigned i = 0; i < count; ++i) workers.emplace_back([this, i] { work(i); });
        } catch (const std::system_error& error) { // fewer will do
            if (workers.empty())
                throw io_error(
                    fmt::format("no thread can be started ({}; close other programs)", error.code().message()));
            const std::lock_guard lock(mutex_);
            for (std::size_t i = workers.size(); i < count; ++i) begun_[i] = idle;
            running_ -= count - static_cast<unsigned>(workers.size());
        }
        std::unique_lock lock(mutex_);
        const auto interval = std::chrono::milliseconds(options_.interval_ms);
        while (!done_.wait_for(lock, interval, [this] { return running_ == 0; })) {
            const KeySearchState now = state();
            lock.unlock();
            if (options_.progress && !options_.progress(now)) stop_.request_stop();
            lock.lock();
        }
        return state();
    }

  private:
    void work(unsigned worker) {
        std::unique_lock lock(mutex_);
        while (!stop_.stop_requested() && next_ < end_) {
            const std::uint64_t from = next_;
            const std::uint64_t to = std::min(from + chunks_a_claim, end_);
            next_ = to;
            begun_[worker] = from;
            lock.unlock();
            std::vector<des::Block> keys;
            std::uint64_t chunk = from;
            while (chunk < to && keys.empty() && !stop_.stop_requested())
                keys = search_.search_chunk(chunk++, options_.level);
            lock.lock();
            // Chunks that a stop left over were claimed, but not searched.
            begun_[worker] = chunk;
            if (chunk < to && keys.empty()) left_ = std::min(left_, chunk);
            if (!keys.empty()) {
                found_.emplace(chunk - 1, std::move(keys));
                end_ = std::min(end_, chunk - 1);
            }
        }
        begun_[worker] = idle;
        if (--running_ == 0) done_.notify_all();
    }

    KeySearchState state() const {
        KeySearchState now = start_;
        now.next_chunk = std::min({next_, left_, *std::min_element(begun_.begin(), begun_.end())});
        now.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
        // A key counts once all chunks before its own are decided.
        if (!found_.empty() && now.next_chunk >= found_.begin()->first) {
            now.next_chunk = found_.begin()->first;
            now.found = found_.begin()->second;
        }
        return now;
    }

    static constexpr std::uint64_t idle = ~std::uint64_t{0};

    const KeySearch& search_;
    const KeySearchOptions& options_;
    const KeySearchState start_;
    const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();

    std::mutex mutex_; // guards what follows, but stop_
    std::condition_variable done_;
    std::uint64_t next_, end_;  // chunks not yet claimed
    std::uint64_t left_ = idle; // the first chunk that a stopped worker claimed and did not search
    std::map<std::uint64_t, std::vector<des::Block>> found_;
    unsigned running_;
    std::vector<std::uint64_t> begun_; // per worker: everything it claimed before this chunk is decided
    std::stop_source stop_;
};

} // namespace

KeySearchState fresh_state(const KeySearch& search) {
    return {.next_chunk = search.first_chunk(), .found = {}, .seconds = 0};
}

KeySearchState run_key_search(const KeySearch& search, KeySearchState state, const KeySearchOptions& options) {
    if (finished(search, state)) return state;
    bitslice::batch_size(options.level); // throws here rather than in a worker where the level is not available
    return Run(search, state, options).go();
}

} // namespace keyhole
