// The scene laid out in a room: heads with facts, lifelines with arrows, fingerprints and the verdict at the foot.
#pragma once

#include "viz/picture/canvas.hpp"
#include "viz/scene/scene.hpp"

namespace keyhole::viz {

/// Its parts: "person.1", "person.1.fact.2", "arrow.3" (counted from 1), "heard.3" (its copy, in the box "copy.3"),
/// "fingerprint.1", "verdict". Returns the foot;
/// where the room is too low for one arrow it is lower than the room.
float draw_scene(Canvas& canvas, const Scene& scene, Rect room);

} // namespace keyhole::viz
