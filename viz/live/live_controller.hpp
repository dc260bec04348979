// A live exchange behind the window. The parties live on the window's thread and do one action when they are told to;
// their sockets have a thread of their own (LiveSockets), and an action that takes long is done by another
// (LiveWorker), so nothing here waits. One party is chosen to be stepped, the others run by themselves. A party's clock
// stands still while it is its own user's turn: a person may think as long as they like.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "netsim/protocol/limits.hpp"
#include "netsim/protocol/party.hpp"
#include "netsim/tcp/host_port.hpp"
#include "viz/base/work/wake.hpp"
#include "viz/live/live_party.hpp"
#include "viz/live/live_worker.hpp"

namespace keyhole::viz {

class LiveSockets; // declared only: views that include this need no sockets
struct SocketEvent;

struct LiveOptions {
    Role role = Role::server; // the server listens, the client connects
    HostPort address;
    PartyOptions party; // with the offer where it listens
    std::size_t max_sessions = default_max_sessions;
    bool stepping = true; // else the chosen party runs by itself too
};

class LiveController {
  public:
    static constexpr std::size_t most_kept = 400;                    // parties, those that are over too
    static constexpr std::size_t most_unread = std::size_t{4} << 20; // bytes that a peer may leave unread

    LiveController();
    /// Says bye where one can be said at once.
    ~LiveController();
    LiveController(const LiveController&) = delete;
    LiveController& operator=(const LiveController&) = delete;

    /// `wake` is called from another thread when tick() is wanted.
    void set_wake(std::function<void()> wake);

    /// Listens or connects, and ends what was there before. address() and error() say what becomes of it.
    void start(LiveOptions options);
    /// Listens or connects once more, as before. Those who are connected to a server stay.
    void again();
    /// Ends all of it; the parties' recordings stay.
    void stop();

    bool started() const { return options_.has_value(); }
    const LiveOptions& options() const { return *options_; }
    /// What is listened on, with the real port; empty while it is not.
    const std::string& address() const { return address_; }
    /// A client that waits for its server to answer.
    bool connecting() const { return connecting_; }
    /// Why listening or connecting did not work; empty when it does.
    const std::string& error() const { return error_; }

    /// Takes what came over the sockets and lets the parties act that run by themselves, for a few milliseconds at
    /// most. `now` counts milliseconds and never goes back. True when something changed.
    bool tick(std::uint64_t now);
    /// When tick() is wanted, on its clock; empty while nothing is going on.
    std::optional<std::uint64_t> due() const;

    /// In the order in which they came.
    const std::vector<std::unique_ptr<LiveParty>>& parties() const { return parties_; }
    const LiveParty* find(std::uint64_t id) const { return find_own(id); }
    const LiveParty* chosen() const { return find(chosen_); }
    void choose(std::uint64_t id);

    bool stepping() const { return stepping_; }
    void set_stepping(bool stepping) { stepping_ = stepping; }
    /// Performs the chosen party's next action, or begins one that takes long. Empty, and nothing happens, when the
    /// party waits.
    std::optional<Action> step();
    /// The last step of the chosen party that is done, once.
    std::optional<Action> take_stepped() { return std::exchange(stepped_, std::nullopt); }

    /// Throws Error (bad_input) as Party::say, and when the peer does not read. False: there is nobody to say it to.
    bool say(const std::string& text);
    /// The chosen party says bye when everything is sent.
    void bye();

    /// One line for every view: whose turn it is, or what went wrong.
    std::string state_line() const;

  private:
    LiveParty* find_own(std::uint64_t id) const;
    void take(const SocketEvent& event);
    bool make_room();
    void open(std::uint64_t id, const std::string& peer);
    void perform(LiveParty& party);
    void performed(LiveParty& party);
    void take_back(LiveWorker::Work work);
    void settle(LiveParty& party);
    bool runs(const LiveParty& party) const { return !stepping_ || party.id() != chosen_; }
    void end(LiveParty& party);

    Wake wake_;
    std::optional<LiveOptions> options_;
    std::unique_ptr<LiveSockets> sockets_;
    std::vector<std::unique_ptr<LiveParty>> parties_;
    std::string address_, error_;
    std::uint64_t chosen_ = 0, now_ = 0;
    std::uint64_t steps_ = 0;       // the party whose step is not done yet
    std::optional<Action> stepped_; // done, and not taken yet
    bool stepping_ = true, connecting_ = false, unfinished_ = false;
    std::unique_ptr<LiveWorker> worker_; // from the first long action on
};

} // namespace keyhole::viz
