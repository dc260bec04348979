// The stage of a message's JSON line: the line itself, its bytes as they travel, and the bytes that its base64 stands
// for. What is followed lights up in all three, and the group of four characters and three bytes that it belongs to is
// opened into its 24 bits.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is frame or decode. Ids: a field "field.seq" and its value "field.seq.value", bytes on the wire "wire.17",
/// bytes of the IV and the ciphertext "iv.3" and "byte.17", their groups of base64 "iv.base64.1" and "base64.5", a
/// block's name "block.2". All count from 1.
Picture frame_picture(const StageInput& input);

/// The byte on the wire after or before the followed one.
Item next_frame_item(const StageInput& input, Item followed, int step);

} // namespace keyhole::viz
