// The workers and their common counter. Once a key is found no later chunk is begun, and the earlier ones are finished:
// the key that is reported is always that of the lowest chunk.
#include "core/attack/key_search_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

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
          running_(options.threads + static_cast<unsigned>(options.helpers.size())),
          begun_(running_, start.next_chunk) {}

    KeySearchState go() {
        std::vector<std::jthread> workers;
        const unsigned count = running_;
        try {
            for (unsigned i = 0; i < count; ++i) {
                if (i < options_.threads) {
                    workers.emplace_back([this, i] { work(i); });
                } else {
                    workers.emplace_back([this, i] { help(i, *options_.helpers[i - options_.threads]); });
                }
            }
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
            tell_failures();
            if (options_.progress && !options_.progress(now)) {
                stop_.request_stop();
                changed_.notify_all();
            }
            lock.lock();
        }
        KeySearchState end = state();
        lock.unlock();
        tell_failures();
        return end;
    }

  private:
    struct Chunks {
        std::uint64_t from, to;
    };

    // The next chunks for a worker, at most `most`: first what somebody failed at. While a helper has chunks that it
    // may yet fail at, nobody leaves. Empty when there is nothing more to do.
    std::optional<Chunks> take(std::unique_lock<std::mutex>& lock, unsigned worker, std::uint64_t most) {
        begun_[worker] = idle;
        for (; !stop_.stop_requested(); changed_.wait(lock)) {
            while (!returned_.empty() && returned_.begin()->first >= end_) returned_.erase(returned_.begin());
            if (!returned_.empty()) {
                const auto [from, to] = *returned_.begin();
                returned_.erase(returned_.begin());
                const std::uint64_t cut = std::min({to, end_, from + most});
                if (cut < std::min(to, end_)) returned_.emplace(cut, to);
                begun_[worker] = from;
                return Chunks{from, cut};
            }
            if (next_ < end_) {
                const std::uint64_t from = next_;
                next_ = end_ - from > most ? from + most : end_;
                begun_[worker] = from;
                return Chunks{from, next_};
            }
            if (in_flight_ == 0) break;
        }
        return std::nullopt;
    }

    void keep(std::uint64_t chunk, std::vector<des::Block> keys) {
        found_.emplace(chunk, std::move(keys));
        end_ = std::min(end_, chunk);
    }

    void leave(unsigned worker) {
        begun_[worker] = idle;
        if (--running_ == 0) done_.notify_all();
        changed_.notify_all();
    }

    void work(unsigned worker) {
        std::unique_lock lock(mutex_);
        while (const auto chunks = take(lock, worker, chunks_a_claim)) {
            lock.unlock();
            std::vector<des::Block> keys;
            std::uint64_t chunk = chunks->from;
            while (chunk < chunks->to && keys.empty() && !stop_.stop_requested())
                keys = search_.search_chunk(chunk++, options_.level);
            lock.lock();
            // Chunks that a stop left over were claimed, but not searched.
            begun_[worker] = chunk;
            if (chunk < chunks->to && keys.empty()) left_ = std::min(left_, chunk);
            if (!keys.empty()) keep(chunk - 1, std::move(keys));
        }
        leave(worker);
    }

    void help(unsigned worker, ChunkSearcher& helper) {
        std::unique_lock lock(mutex_);
        begun_[worker] = idle;
        lock.unlock();
        std::optional<Chunks> chunks;
        try {
            helper.prepare([this] {
                const std::lock_guard guard(mutex_);
                return stop_.stop_requested() || (next_ >= end_ && returned_.empty());
            });
            lock.lock();
            while ((chunks = take(lock, worker, helper.wish()))) {
                ++in_flight_;
                lock.unlock();
                ChunkSearcher::Keys keys = helper.search(chunks->from, chunks->to);
                lock.lock();
                --in_flight_;
                changed_.notify_all();
                chunks.reset();
                if (!keys.empty()) keep(keys.begin()->first, std::move(keys.begin()->second));
            }
        } catch (const std::exception& error) {
            if (!lock.owns_lock()) lock.lock();
            if (chunks) {
                --in_flight_;
                returned_.emplace(chunks->from, chunks->to);
            }
            failures_.emplace_back(&helper, error.what());
        }
        leave(worker);
    }

    void tell_failures() {
        std::unique_lock lock(mutex_);
        const auto failures = std::exchange(failures_, {});
        lock.unlock();
        for (const auto& [helper, why] : failures) {
            if (options_.left_out) options_.left_out(*helper, why);
        }
    }

    KeySearchState state() const {
        KeySearchState now = start_;
        now.next_chunk = std::min({next_, left_, *std::min_element(begun_.begin(), begun_.end())});
        if (!returned_.empty()) now.next_chunk = std::min(now.next_chunk, returned_.begin()->first);
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
    std::condition_variable done_, changed_;
    std::uint64_t next_, end_; // chunks not yet claimed
    std::map<std::uint64_t, std::uint64_t>
        returned_;           // claimed, and given back by a helper that failed: [first, second)
    unsigned in_flight_ = 0; // helpers that have chunks
    std::vector<std::pair<const ChunkSearcher*, std::string>> failures_; // not yet told
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
    KeySearchOptions used = options;
    if (used.helpers.empty()) used.threads = std::max(1U, used.threads);
    return Run(search, state, used).go();
}

} // namespace keyhole
