// What is typed to begin a live exchange, and what it means.
#pragma once

#include <optional>
#include <string>

#include "viz/live/live_controller.hpp"

namespace keyhole::viz {

struct LiveSetup {
    Role role = Role::server;
    std::string address = "127.0.0.1:4646";
    // A server's:
    std::string group = "toy23"; // a named group
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
    // From the command line; the page has no field for them.
    std::size_t max_sessions = default_max_sessions;
    Random random = Random::system();
    std::optional<Offer> own; // with a group that has no name of its own
    std::optional<Number> private_key;
    Role private_role = Role::server; // whose private key that is
    // What is wrong; empty if nothing is.
    std::string address_fault, group_fault;

    /// Fills the fields as the exchange with these options was begun.
    void take(const LiveOptions& options);
    /// Empty, with the faults filled, when it cannot be begun.
    std::optional<LiveOptions> options();
};

} // namespace keyhole::viz
