// Recordings from outside (a file, another program, an attacker) are believed only after everything in them has been
// computed again: no explanation that is shown can then disagree with the bits.
#pragma once

#include <cstddef>
#include <functional>

#include "core/recording/recording.hpp"

namespace keyhole {

/// Throws Error (bad_input) naming the first step that is not what the recording's own inputs give.
/// `before_message` is told the index of each message before it is checked, and may throw to stop.
void check_recording(const Recording& recording, const std::function<void(std::size_t)>& before_message = {});

} // namespace keyhole
