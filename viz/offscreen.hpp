// A picture of the window without a window: EGL without a surface, a framebuffer object, the same App as on a screen.
#pragma once

#include <string>

#include "viz/app.hpp"

namespace keyhole::viz {

struct PictureSize {
    int width = 1600, height = 900;
};
inline constexpr PictureSize smallest_picture{320, 200}, largest_picture{8192, 8192};

/// Draws the application as it stands and writes a PNG. Throws Error (io): no OpenGL here, or the file cannot be
/// written.
void take_screenshot(App& app, PictureSize size, const std::string& path);

} // namespace keyhole::viz
