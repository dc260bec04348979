// What a relay's sessions did, kept for the window: a note for everything that happened, and of clients that are gone
// what was heard. Lives on the relay's thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "netsim/tcp/relay/relay_server.hpp"
#include "viz/relay/relay_state.hpp"

namespace keyhole::viz {

class RelayJournal {
  public:
    static constexpr std::size_t most_gone = 50; // clients that are gone

    /// `note` is called for everything that happened.
    explicit RelayJournal(std::function<void(RelayNote)> note) : note_(std::move(note)) {}

    /// Forgets everything: another relay begins.
    void begin(bool quiet);

    void on_event(RelaySession& session, const RelayEvent& event);
    void on_end(RelaySession& session);
    /// The relay is stopped; a session's end is not waited for.
    void leave(RelaySession& session);
    /// What is held was decided, or not: notes what was lost with its connection.
    void look(RelaySession& session);

    RelayClient client_of(RelaySession& session) const;
    std::vector<RelayClient> gone() const;
    /// Of a client that is gone; nullptr when there is none of that id.
    const Recording* recording(std::uint64_t client, Role side) const;
    void forget(std::uint64_t client);

  private:
    struct Gone {
        RelayClient client;
        std::array<Recording, 2> recordings; // by Role
    };
    using Held = std::set<std::pair<Role, std::uint64_t>>; // passages that wait, by sender and number

    void give_number(RelaySession& session);
    void on_passed(RelaySession& session, const Passed& passed);
    void note_lost(RelaySession& session, const Held& still_held);
    void keep(RelaySession& session);

    std::function<void(RelayNote)> note_;
    bool quiet_ = false;
    std::deque<Gone> gone_;
    std::map<unsigned, Held> held_; // by session, as it was looked at last
    std::set<unsigned> altered_;    // sessions in which a message was
    unsigned last_number_ = 0;
};

} // namespace keyhole::viz
