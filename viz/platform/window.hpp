// The real window: GLFW and OpenGL 3.3, in the order of ImGui's example_glfw_opengl3. It draws when something happened
// and when a step is due, else it sleeps.
#pragma once

#include "viz/app/app.hpp"

namespace keyhole::viz {

/// What the command line says of the window; what it does not say is as it was when a window was last closed.
struct WindowWishes {
    std::optional<ThemeName> theme;
    std::optional<float> scale; // else that which the screen asks for, and what the user made of it
    bool remembers = true;
};

/// Runs until the window is closed. Throws Error (io) when there is no display or no OpenGL 3.3.
void run_window(App& app, const WindowWishes& wishes);

} // namespace keyhole::viz
