// The real window: GLFW and OpenGL 3.3, in the order of ImGui's example_glfw_opengl3. It draws when something happened
// and when a step is due, else it sleeps.
#pragma once

#include "viz/app/app.hpp"

namespace keyhole::viz {

/// Runs until the window is closed. `own_scale` is false where the user named a scale, else that of the screen is
/// taken. Throws Error (io) when there is no display or no OpenGL 3.3.
void run_window(App& app, bool own_scale);

} // namespace keyhole::viz
