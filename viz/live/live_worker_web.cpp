// A browser gives a page no threads: an action that takes long is done at once, and the page waits for it (a 2048-bit
// exchange has actions of some 10 milliseconds).
#include <exception>

#include "core/base/bytes.hpp"
#include "viz/live/live_worker.hpp"

namespace keyhole::viz {

class LiveWorker::Hands {};

LiveWorker::LiveWorker(std::function<void()> wake) : wake_(std::move(wake)) {}
LiveWorker::~LiveWorker() = default;

void LiveWorker::give(Work work, bool /*first*/) {
    try {
        work.party.perform();
    } catch (const std::exception& error) {
        work.trouble = escape_controls(error.what());
    }
    done_.push_back(std::move(work));
    if (wake_) wake_();
}

std::vector<LiveWorker::Work> LiveWorker::take() { return std::exchange(done_, {}); }

bool LiveWorker::has_done() const { return !done_.empty(); }

} // namespace keyhole::viz
