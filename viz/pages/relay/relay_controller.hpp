// The person in the middle at work behind the window: the relay of netsim on a thread of its own. The window never
// waits for it: what happened is copied out, what the user decides is posted in.
#pragma once

#include <array>
#include <asio.hpp>
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "netsim/tcp/relay_server.hpp"

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
    std::string who;          // "client", "server#2"; empty for the relay itself
    std::string text;         // escaped
    std::uint64_t number = 0; // of the message, or in quiet mode of the line; 0: none
};

/// A client with its connection to the server, as the window shows it.
struct RelayClient {
    std::uint64_t id = 0; // for decisions; counts from 1 in the order in which they came
    std::string peer, trouble;
    std::array<std::optional<std::string>, 2> fingerprints; // by Role: of the handshake with that end
    std::optional<Passage> held;                            // the first that waits for a decision
    std::size_t waiting = 0;                                // how many wait in all
    bool over = false;                                      // its connections are gone; kept until it is closed
};

/// What the relay has of an exchange.
struct RelayHeard {
    std::uint64_t client = 0;
    Role side = Role::client;
    Recording recording;
};

struct RelayState {
    std::uint64_t version = 0; // grows with every change
    std::string address;       // listened on; empty: not listening (yet)
    std::string error;         // why it does not run, one line
    std::vector<RelayClient> clients;
    std::deque<RelayNote> notes; // the last ones
};

class RelayController {
  public:
    static constexpr std::size_t most_kept = 50; // clients that are gone

    RelayController() = default;
    /// Says bye where one can be said at once, and gives that a moment.
    ~RelayController();
    RelayController(const RelayController&) = delete;
    RelayController& operator=(const RelayController&) = delete;

    /// What becomes of it is told by state(): its address or its error. A relay that ran is stopped first.
    void start(const RelayDeskOptions& options);
    /// Abandons what is left, after a bye where one can be said at once. What was heard stays.
    void stop();
    /// It was started, and neither stopped nor in trouble.
    bool running() const;

    RelayState state() const;
    std::uint64_t version() const;

    // On the first passage that waits of that client; nothing happens where none does.
    void deliver(std::uint64_t client, std::optional<std::string> content);
    void drop(std::uint64_t client);
    void hold(bool yes);

    /// Asks for the handshake with that end as far as it got, in quiet mode what an eavesdropper has; take_heard()
    /// answers soon.
    void ask_recording(std::uint64_t client, Role side);
    std::optional<RelayHeard> take_heard();
    /// Forgets a client that is gone.
    void close(std::uint64_t client);

  private:
    struct Cached {
        RelayClient client;
        std::array<Recording, 2> recordings; // by Role
    };
    using Unsent = std::set<std::pair<Role, std::uint64_t>>; // passages that wait, by their numbers

    template <class What>
    void post(What what);
    template <class Then>
    void look_up(const HostPort& address, Then then);
    void listen(const asio::ip::tcp::resolver::results_type& at, const asio::ip::tcp::resolver::results_type& to);
    void fail(const std::string& why);
    void end_server();
    void keep(RelaySession& session);
    RelayClient client_of(RelaySession& session) const;
    unsigned number(RelaySession& session);
    void on_event(RelaySession& session, const RelayEvent& event);
    void on_passed(RelaySession& session, const Passed& passed);
    void on_end(RelaySession& session);
    void look_for_lost(RelaySession& session, const Unsent& there);
    void note(RelayNote note);
    void publish();
    void publish_soon();
    void pass_held();
    RelaySession* find(std::uint64_t client) const;
    void decide(std::uint64_t client, std::function<void(RelaySession&)> what);

    mutable std::mutex mutex_; // guards the next three
    RelayState state_;
    std::optional<RelayHeard> heard_;
    bool running_ = false;
    std::atomic<bool> hold_{true};
    // Below: the thread's own while it runs.
    asio::io_context context_{1};
    asio::ip::tcp::resolver resolver_{context_};
    RelayDeskOptions options_;
    std::unique_ptr<RelayServer> server_;
    std::deque<Cached> kept_;
    std::map<unsigned, Unsent> unsent_;
    std::set<unsigned> altered_; // sessions in which a message was
    unsigned last_number_ = 0;
    std::uint64_t round_ = 0;
    bool publishing_ = false;
    std::thread thread_; // from the first start on
};

} // namespace keyhole::viz
