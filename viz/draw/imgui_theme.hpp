// A theme as ImGui's own colours and sizes, for what ImGui draws: fields, buttons, scroll bars.
#pragma once

#include "viz/picture/theme.hpp"

namespace keyhole::viz {

/// `em` is the height of a line of text in pixels.
void apply_theme(const Theme& theme, float em);

} // namespace keyhole::viz
