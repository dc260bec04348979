// One thread for the actions of live parties that take long: a party goes in, performs its next action there, and comes
// back, so that the window never waits for a large number. (In a browser it is done at once: live_worker_web.cpp.)
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "netsim/protocol/party.hpp"

namespace keyhole::viz {

class LiveWorker {
  public:
    struct Work {
        std::uint64_t id = 0; // whose party it is
        Party party;
        std::string trouble = {}; // why the action could not be performed, one line; the party is then no good
    };

    /// `wake` is called from the other thread whenever a party is back. The end of the worker waits for the action that
    /// is being performed, at most; the others are forgotten.
    explicit LiveWorker(std::function<void()> wake);
    ~LiveWorker();
    LiveWorker(const LiveWorker&) = delete;
    LiveWorker& operator=(const LiveWorker&) = delete;

    /// `first`: before all others that wait.
    void give(Work work, bool first);
    std::vector<Work> take();
    bool has_done() const;

  private:
    class Hands; // the thread, and what waits for it

    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::vector<Work> done_;
    std::unique_ptr<Hands> hands_; // destroyed first: it uses the others
};

} // namespace keyhole::viz
