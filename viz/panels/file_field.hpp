// What the field of the bar for files keeps for the next frame: where it stands, and whether it has the keyboard.
#pragma once

#include "viz/base/layout_model.hpp"

namespace keyhole::viz {

struct FileField {
    Rect area; // from where the path is typed down to the foot of the bar
    bool active = false;
};

} // namespace keyhole::viz
