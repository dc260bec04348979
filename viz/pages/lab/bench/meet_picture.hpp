// Meeting in the middle as a picture: the two ways to the middle, the table as it fills and is looked up, what both
// ways cost, and how many pairs of keys are left.
#pragma once

#include "viz/pages/lab/bench/meet_bench.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// Its parts: "way.1" to "way.5" from the plaintext to the ciphertext, "first.1", .. and "second.1", .. (parts of all
/// first and second keys, filled when they are done), "work.1" and "work.2" (bars), "left.1", .. (counts). Returns the
/// foot.
float draw_meet(Canvas& canvas, const MeetSeen& seen, Rect room);

} // namespace keyhole::viz
