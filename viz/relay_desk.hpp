// The person in the middle at work behind the window: the relay of netsim on a thread of its own. The window never
// waits for it: what happened is copied out, what the user decides is posted in.
#pragma once

#include <array>
#include <asio.hpp>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "netsim/relay_server.hpp"

namespace keyhole::viz {

struct RelayDeskOptions {
    HostPort listen, to;
    bool quiet = false;
    bool hold = true; // each message waits for a decision
};

/// One line of what happened.
struct RelayNote {
    enum class Kind { state, passed, altered, dropped, refused };
    Kind kind = Kind::state;
    std::string who;  // "client", "server#2"; empty for the relay itself
    std::string text; // escaped
};

/// A client with its connection to the server, as the window shows it.
struct RelayClient {
    std::uint64_t id = 0; // for decisions
    std::string peer, trouble;
    std::array<std::optional<std::string>, 2> fingerprints; // by Role: of the handshake with that end
    std::optional<Passage> held;                            // the first that waits for a decision
    std::size_t waiting = 0;                                // how many wait in all
};

struct RelayState {
    std::uint64_t version = 0; // grows with every change
    std::string address;       // listened on; empty: not listening
    std::string error;         // why the relay ended, one line
    std::vector<RelayClient> clients;
    std::deque<RelayNote> notes; // the last ones
};

class RelayDesk {
  public:
    RelayDesk() = default;
    ~RelayDesk() { stop(); }
    RelayDesk(const RelayDesk&) = delete;
    RelayDesk& operator=(const RelayDesk&) = delete;

    /// Throws Error (io) when the address cannot be had. A relay that ran is stopped first.
    void start(const RelayDeskOptions& options);
    /// Abandons what is left, after a bye where one can be said at once.
    void stop();
    bool running() const { return thread_.joinable(); }

    RelayState state() const;
    std::uint64_t version() const;

    // On the first passage that waits of that client; nothing happens where none does.
    void deliver(std::uint64_t client, std::optional<std::string> content);
    void drop(std::uint64_t client);
    void hold(bool yes);

    /// The handshake with that end as far as it got; in quiet mode what an eavesdropper has. Empty when the client is
    /// gone.
    std::optional<Recording> recording(std::uint64_t client, Role side);

  private:
    void on_event(RelaySession& session, const RelayEvent& event);
    void note(RelayNote note);
    void publish();
    void pass_held();
    RelaySession* find(std::uint64_t client) const;
    void decide(std::uint64_t client, std::function<void(RelaySession&)> what);

    mutable std::mutex mutex_;
    RelayState state_;
    RelayDeskOptions options_;
    std::atomic<bool> hold_{true};
    // Below: the thread's own while it runs.
    std::unique_ptr<asio::io_context> context_;
    std::unique_ptr<RelayServer> server_;
    std::thread thread_;
};

} // namespace keyhole::viz
