#include "viz/live/live_worker.hpp"

#include <exception>
#include <new>

#include "core/base/bytes.hpp"

namespace keyhole::viz {

LiveWorker::LiveWorker(std::function<void()> wake)
    : wake_(std::move(wake)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void LiveWorker::give(Work work, bool first) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.insert(first ? waiting_.begin() : waiting_.end(), std::move(work));
    }
    changed_.notify_one();
}

std::vector<LiveWorker::Work> LiveWorker::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(done_, {});
}

bool LiveWorker::has_done() const {
    const std::lock_guard lock(mutex_);
    return !done_.empty();
}

void LiveWorker::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); }) && !stop.stop_requested()) {
        Work work = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        try {
            work.party.perform();
        } catch (const std::bad_alloc&) {
            work.trouble = "out of memory";
        } catch (const std::exception& error) {
            work.trouble = escape_controls(error.what());
        }
        lock.lock();
        done_.push_back(std::move(work));
        lock.unlock();
        if (wake_) wake_();
        lock.lock();
    }
}

} // namespace keyhole::viz
