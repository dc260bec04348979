// What is typed to begin a live exchange, and what it means.
#pragma once

#include <optional>
#include <string>

#include "viz/live/live_controller.hpp"

namespace keyhole::viz {

struct LiveSetup {
    Role role = Role::server;
    std::string address = "127.0.0.1:4646";
    // Where it listens:
    std::string group = "toy23"; // a named group
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
    // From the command line; they have no field.
    std::size_t max_sessions = 64;
    Random random = Random::system();
    std::optional<Offer> own; // with a group that has no name of its own
    // What is wrong; empty where nothing is.
    std::string address_fault, group_fault;

    /// As another exchange was begun.
    void take(const LiveOptions& options);
    /// Empty, with the faults filled, when it cannot be begun.
    std::optional<LiveOptions> options();
};

} // namespace keyhole::viz
