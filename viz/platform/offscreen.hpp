// A picture of the window without a window: EGL without a surface, a framebuffer object, the same App as on a screen.
#pragma once

#include <string>
#include <vector>

#include "viz/base/key_script.hpp"
#include "viz/platform/paint.hpp"

namespace keyhole::viz {

/// Draws the application as it stands, after the keys of `script`, and writes a PNG. Throws Error (io): no OpenGL here,
/// or the file cannot be written.
void take_screenshot(App& app, PictureSize size, const std::string& path, const std::vector<ScriptedKey>& script);

} // namespace keyhole::viz
