#include "viz/live/live_worker.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <new>
#include <stop_token>
#include <thread>

#include "core/base/bytes.hpp"

namespace keyhole::viz {

class LiveWorker::Hands {
  public:
    explicit Hands(LiveWorker& worker) : worker_(worker), thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void give(Work work, bool first) {
        {
            const std::lock_guard lock(worker_.mutex_);
            waiting_.insert(first ? waiting_.begin() : waiting_.end(), std::move(work));
        }
        changed_.notify_one();
    }

  private:
    void run(const std::stop_token& stop);

    LiveWorker& worker_;
    std::condition_variable_any changed_;
    std::deque<Work> waiting_; // under the worker's mutex
    std::jthread thread_;      // destroyed first: it uses the others
};

LiveWorker::LiveWorker(std::function<void()> wake) : wake_(std::move(wake)), hands_(std::make_unique<Hands>(*this)) {}
LiveWorker::~LiveWorker() = default;

void LiveWorker::give(Work work, bool first) { hands_->give(std::move(work), first); }

std::vector<LiveWorker::Work> LiveWorker::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(done_, {});
}

bool LiveWorker::has_done() const {
    const std::lock_guard lock(mutex_);
    return !done_.empty();
}

void LiveWorker::Hands::run(const std::stop_token& stop) {
    std::unique_lock lock(worker_.mutex_);
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
        worker_.done_.push_back(std::move(work));
        lock.unlock();
        if (worker_.wake_) worker_.wake_();
        lock.lock();
    }
}

} // namespace keyhole::viz
