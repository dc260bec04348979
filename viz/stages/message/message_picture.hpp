// The stage of a whole message: its way as two columns that meet on the wire, down through the sender's steps and up
// through the receiver's, with what it is at every height.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is a message, or one whose bytes are shown instead: encode, pad or unpad. What the message is at a height
/// is "sent.padded bytes", "received.JSON line" and so on, a step between two of them "encode".
Picture message_picture(const StageInput& input);

} // namespace keyhole::viz
