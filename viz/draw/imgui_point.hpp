// Places as ImGui writes them and as we do.
#pragma once

#include <imgui.h>

#include "viz/base/geometry.hpp"

namespace keyhole::viz {

inline Point to_point(ImVec2 at) { return {at.x, at.y}; }
inline ImVec2 to_imgui(Point at) { return {at.x, at.y}; }

} // namespace keyhole::viz
