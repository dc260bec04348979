// What the go-to field keeps for the next frame: where it stands, and whether it has the keyboard.
#pragma once

#include "viz/base/layout_model.hpp"

namespace keyhole::viz {

struct GoToField {
    Rect area;
    bool active = false;
};

} // namespace keyhole::viz
