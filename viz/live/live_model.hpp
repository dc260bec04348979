// A stepped party in words: what its next step is, whom it waits for, what has arrived; and which step of the trace an
// action made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/steps/node.hpp"
#include "netsim/protocol/party.hpp"

namespace keyhole::viz {

/// "draw a private key"; "refuse: time is up".
std::string action_words(const Party& party, Action action);

/// Whose turn it is, as a sentence: "Next: draw a private key." or "Waiting for the client's public key."
std::string turn_words(const Party& party);

/// What the party was doing when something happened to it: "before: compute the public key", "while waiting for ..".
std::string where_words(const Party& party);

/// What arrived and was not looked at yet, numbered from 1: "1  public_key, 13 bytes".
std::vector<std::string> arrival_words(const Party& party);

/// Each message as it went over the wire, the last ones: "client> message 1: 24 bytes of ciphertext, 0x..".
std::vector<std::string> overheard_words(const Recording& recording);

/// "handshake", "open", "over".
std::string_view phase_words(const Party& party);

/// The step of the trace that the action made or belongs to; the root if it has none.
Node step_of_action(const Recording& recording, Role role, Action action);

/// Adds to `held` what `now`, a later state of the same recording, has more. Bytes that are held are not moved. Returns
/// the numbers (1 ..) of messages that were held already and changed.
std::vector<std::uint64_t> grow(Recording& held, const Recording& now);

} // namespace keyhole::viz
