// How a node is written, `message.1/encrypt/block.2/round.5/sbox.3`, and read again. Grammar only: a well-formed
// address may name a step that a trace does not hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/steps/node.hpp"

namespace keyhole {

/// Which kinds may stand below a kind. Their words are unique among siblings, so a component is read without looking
/// further.
std::vector<Kind> kinds_below(Kind kind);

/// Empty for the root.
std::string address(const Node& node);

/// One component, e.g. `server.public` or `round.5`; `top` says that it stands first (a schedule there has no party).
std::string component(const Part& part, bool top);

/// Empty optional when the text is no address.
std::optional<Node> parse_address(std::string_view text);

} // namespace keyhole
