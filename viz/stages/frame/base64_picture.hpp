// A group of base64 opened: three bytes, their 24 bits, the four characters that stand for them. (RFC 4648, section 4.)
#pragma once

#include "viz/stages/frame/frame_items.hpp"

namespace keyhole::viz {

/// The group that what is lit lies in, or in words that it lies in none. Bits are "bit.1" to "bit.24". Returns the
/// foot.
float draw_base64_group(const FrameDrawing& drawing, Point at, float width);

} // namespace keyhole::viz
