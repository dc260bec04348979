#include "viz/base/work/job.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "core/base/bytes.hpp"

namespace keyhole::viz {

bool Job::run() {
    Outcome outcome;
    progress_.began_ = std::chrono::steady_clock::now();
    try {
        outcome.words = work_(progress_);
    } catch (const std::bad_alloc&) {
        outcome = {"out of memory (the input is too large for this machine)", true};
    } catch (const std::exception& error) {
        outcome = {escape_controls(error.what()), true};
    }
    if (std::exchange(progress_.again_, false) && !outcome.failed) return false;
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
    running_.store(false, std::memory_order_release);
    return true;
}

double Job::share() const {
    const auto all = progress_.all_.load(std::memory_order_relaxed);
    const auto done = progress_.done_.load(std::memory_order_relaxed);
    return all == 0 ? 0 : static_cast<double>(std::min(done, all)) / static_cast<double>(all);
}

std::optional<Job::Outcome> Job::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(outcome_, std::nullopt);
}

} // namespace keyhole::viz
