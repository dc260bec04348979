// The lines of a conversation as they crossed the wire, saved as text with both directions mixed. Who sent a line is
// not in it; what the protocol does not tell is decided by rules that are said:
// - params is the server's; the first public key is the server's and the second the client's, as `keyhole serve` sends
// its
//   own without waiting;
// - a message is from the end whose next seq it has; where both ends could have sent it, from the one that did not send
//   the message before it, and the first one from the client.
// A second params line begins another conversation.
#pragma once

#include <optional>
#include <string_view>

#include "netsim/capture/conversation.hpp"

namespace keyhole {

/// Empty where no line is one of keyhole/1.
std::optional<Conversations> read_wire_text(std::string_view text);

} // namespace keyhole
