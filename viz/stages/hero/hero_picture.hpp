// What the step comes to, at the foot of the stage, in the largest type that its width allows.
#pragma once

#include "viz/picture/canvas.hpp"
#include "viz/stages/hero/hero_model.hpp"

namespace keyhole::viz {

/// How high the strip is, in pixels; nothing for an empty hero.
float hero_height(const Canvas& canvas, const Hero& hero);

/// In the strip, centred. What comes of the step is "hero.result".
void draw_hero(Canvas& canvas, const Hero& hero, Rect strip);

} // namespace keyhole::viz
