// Frames in a few words, for a person; what a peer wrote is cut short and made fit for a terminal.
#pragma once

#include <string>

#include "netsim/protocol/message.hpp"

namespace keyhole {

/// "params", "message 3", "error busy"
std::string frame_label(const Frame& frame);

/// The same with what the frame carries: "message 3: 24 bytes of ciphertext, an IV".
std::string frame_words(const Frame& frame);

} // namespace keyhole
