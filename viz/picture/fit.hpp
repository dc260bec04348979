// How large a drawing may be: in which sizes of type it lies in its room and says no less than in the plain one.
#pragma once

#include <functional>
#include <span>

#include "viz/picture/picture.hpp"

namespace keyhole::viz {

/// Whether nothing of the picture leaves the room at a side or at the foot.
bool lies_in(const Picture& picture, const Rect& room);

/// The last of the `growths` (ascending, from 1) with which `make` draws a picture that lies in the room and leaves
/// nothing out that `plain`, that of growth 1, has. Where not even that lies in the room, it is below 1 if that helps,
/// but not below `least`: a low drawing may be a little smaller before it has to be scrolled. Otherwise 1.
float largest_fitting(std::span<const float> growths, const Rect& room, const Picture& plain,
                      const std::function<Picture(float growth)>& make, float least = 0.8F);

} // namespace keyhole::viz
