// What is shown, for the task bar and for programs that look from outside.
#pragma once

#include <string>

#include "viz/app/app.hpp"

namespace keyhole::viz {

/// "message.1/encrypt [Table] - Keyhole", "connect (playing, 4 steps a second) - Keyhole".
std::string window_title(App& app);

} // namespace keyhole::viz
