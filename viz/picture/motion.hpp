// From one step's picture to the next: what has the same id moves to its new place, what is new appears, and bits fly
// along the ways that the step takes them. All of it is a function of the two pictures and of how far the motion is.
#pragma once

#include "viz/picture/picture.hpp"

namespace keyhole::viz {

/// How long a motion takes.
inline constexpr double motion_seconds = 0.25;

/// `share` runs from 0, where `before` is seen, to 1, where `now` is. Areas and lists are those of `now`.
Picture moved_picture(const Picture& before, const Picture& now, float share);

/// Whether anything would move.
bool can_move(const Picture& before, const Picture& now);

} // namespace keyhole::viz
