// What the window shows of a relay: plain data, copied out of the relay's thread.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/recording/recording.hpp"
#include "netsim/relay/relay.hpp"

namespace keyhole::viz {

/// One line of what happened.
struct RelayNote {
    enum class Kind { state, passed, altered, dropped, refused };
    Kind kind = Kind::state;
    std::string who;          // "client", "server#2"; empty for the relay itself
    std::string text;         // fit to be shown
    std::uint64_t number = 0; // of the message, or in quiet mode of the line; 0: none
};

/// A client with its connection to the server.
struct RelayClient {
    std::uint64_t id = 0; // for decisions; counts from 1 in the order in which they came
    std::string peer, trouble;
    std::array<std::optional<std::string>, 2> fingerprints; // by Role: of the handshake with that end
    std::array<std::optional<std::uint64_t>, 2> keys;       // by Role: the DES key made with that end
    std::optional<Passage> held;                            // the first that waits for a decision
    std::size_t waiting = 0;                                // how many wait in all
    bool over = false;                                      // its connections are gone; kept until it is closed
};

struct RelayState {
    std::uint64_t version = 0; // grows with every change
    std::string address;       // listened on; empty: not listening (yet)
    std::string error;         // why it does not run, one line
    std::vector<RelayClient> clients;
    std::deque<RelayNote> notes; // the last ones
};

} // namespace keyhole::viz
