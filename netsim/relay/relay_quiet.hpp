// The quiet relay: lines go on as they came (unless somebody alters them), and what anybody on the path can know of the
// exchange is recorded. Whatever an end sends, the other gets the same bytes in the same order.
#pragma once

#include "netsim/relay/relay.hpp"

namespace keyhole {

std::unique_ptr<Relay> make_quiet_relay(RelayOptions options);

} // namespace keyhole
