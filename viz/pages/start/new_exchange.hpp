// What is typed to make an exchange inside the window, what it means, and what is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "core/recording/recording.hpp"
#include "netsim/protocol/loopback.hpp"

namespace keyhole::viz {

struct NewExchange {
    // As typed. A group by its name; p and g of one's own where that is empty.
    std::string group = "toy23", p, g;
    std::string server_private, client_private; // empty: drawn
    std::string client_says = "This is a message", server_says = "This is a response from the server";
    std::string seed; // empty: drawn by the system's generator
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;

    // What is wrong with what was typed; empty where nothing is.
    std::string group_fault, p_fault, g_fault, server_fault, client_fault;

    /// Fills the fields with what that exchange was made of, so that one thing can be changed. False where it holds no
    /// exchange of which all is known.
    bool take(const Recording& recording);

    /// What was typed; empty, with the faults filled, where it makes no exchange.
    std::optional<ExchangeOptions> options();
};

} // namespace keyhole::viz
