// What goes through a relay as a scene: the client, the one in the middle with a key for each end, the server.
#pragma once

#include "viz/relay/relay_state.hpp"
#include "viz/scene/scene.hpp"

namespace keyhole::viz {

/// Of the client whose handshakes are looked at; nothing where none came. `quiet`: lines only pass through. `held_text`
/// is the message that waits as it is to go on.
Scene relay_scene(const RelayState& state, const RelayClient* client, bool quiet, const std::string& held_text);

} // namespace keyhole::viz
