// The person in the middle at work behind the window: the relay of netsim on a thread of its own. The window never
// waits for it: what happened is copied out, what the user decides is posted in.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "netsim/tcp/dialler.hpp"
#include "netsim/tcp/loop_thread.hpp"
#include "netsim/tcp/relay/relay_server.hpp"
#include "viz/base/work/run_state.hpp"
#include "viz/relay/relay_journal.hpp"
#include "viz/relay/relay_state.hpp"

namespace keyhole::viz {

struct RelaySetup {
    HostPort listen, to;
    bool quiet = false;
    bool hold = true; // each message waits for a decision
};

class RelayController {
  public:
    RelayController();
    /// Says bye if one can be said at once, and gives that a moment.
    ~RelayController();
    RelayController(const RelayController&) = delete;
    RelayController& operator=(const RelayController&) = delete;

    /// `wake` is called from another thread whenever state() has changed.
    void set_wake(std::function<void()> wake) { state_.set_wake(std::move(wake)); }
    /// Stops a relay that ran, and starts another. What becomes of it is told by state(): its address or its error.
    void start(const RelaySetup& setup);
    /// Says bye if one can be said at once, and leaves. What was heard stays.
    void stop();
    /// It was started, has not been stopped, and nothing went wrong.
    bool running() const { return state_.running(); }

    RelayState state() const { return state_.get(); }
    std::uint64_t version() const { return state_.version(); }

    // On the first passage of that client that waits; nothing happens when none does.
    void deliver(std::uint64_t client, std::optional<std::string> content);
    void drop(std::uint64_t client);
    void hold(bool yes);

    /// Asks for the handshake with that end as far as it got, in quiet mode for what an eavesdropper has; take_heard()
    /// answers soon, once.
    void ask_recording(std::uint64_t client, Role side);
    std::optional<Recording> take_heard();
    /// Forgets a client that is gone.
    void close(std::uint64_t client);

  private:
    void listen(const RelaySetup& setup, const Addresses& at, const Addresses& to);
    void fail(const std::string& why);
    void note(RelayNote note);
    void end_server();
    void publish();
    void publish_soon();
    void pass_held();
    RelaySession* find(std::uint64_t client) const;
    void decide(std::uint64_t client, std::function<void(RelaySession&)> what);

    RunState<RelayState> state_;
    std::mutex mutex_; // guards the next one
    std::optional<Recording> heard_;
    std::atomic<bool> hold_{true};
    // Below: the thread's own while it runs.
    LoopThread loop_;
    Dialler dialler_{loop_.context()};
    RelayJournal journal_;
    std::unique_ptr<RelayServer> server_;
    std::uint64_t run_ = 0;   // for whom it speaks to state_
    std::uint64_t round_ = 0; // counts relays: events of one that was left are ignored
    bool publishing_ = false;
};

} // namespace keyhole::viz
