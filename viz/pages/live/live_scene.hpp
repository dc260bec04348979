// A live exchange as a scene: what this window knows, what has crossed, what waits in the air, whose turn it is.
#pragma once

#include <string>
#include <vector>

#include "viz/live/live_controller.hpp"
#include "viz/scene/scene.hpp"

namespace keyhole::viz {

/// With an eavesdropper's sight no keys and no texts.
Scene live_scene(const LiveController& live, bool overheard);

/// What a student types to reach this server, one command for each address of this machine; empty where nobody can.
std::vector<std::string> commands_to_type(const LiveController& live);

} // namespace keyhole::viz
