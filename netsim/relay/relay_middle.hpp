// The relay in the middle: a client's party towards the server, a server's party towards the client, and between them
// the texts that they read. A goodbye is the one thing that has to wait: an end that says bye is answered only when the
// other end has said its own, for what that one still sends must arrive.
#pragma once

#include "netsim/relay/relay.hpp"

namespace keyhole {

std::unique_ptr<Relay> make_middle_relay(RelayOptions options);

} // namespace keyhole
