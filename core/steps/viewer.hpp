// Who knows what: the same exchange as one side recorded it, or as somebody who only listened. What that one cannot
// know is taken out, and every step that is then missing has its reason.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/recording/recording.hpp"
#include "core/steps/node.hpp"

namespace keyhole {

enum class Viewer { both, server, client, eavesdropper };

/// "server", "client", "an eavesdropper"; "both sides".
std::string_view name(Viewer viewer);

/// Those whose sight of it differs from the recording itself, and `both` first; none where there is no exchange.
std::vector<Viewer> viewers_of(const Recording& recording);

/// What that viewer has of the recording. A trace without an exchange has no sides and stays as it is.
Recording seen_by(Recording recording, Viewer viewer);

/// Whether private values of that side are in the recording, or it did nothing yet that would make them.
bool knows_secrets_of(const Recording& recording, Role role);

/// Why the exchange's step cannot be looked into here: "the client draws its private key and never sends it". Empty
/// where the recording holds the step or the exchange did not come so far.
std::string why_unknown(const Recording& recording, const Node& node);

} // namespace keyhole
