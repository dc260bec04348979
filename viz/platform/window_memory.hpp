// How large the window opens and where, and in which theme and scale: as its screen asks, as it was when it was last
// closed, or as the command line says.
#pragma once

#include <filesystem>
#include <optional>

#include "viz/app/app.hpp"
#include "viz/files/window_state.hpp"
#include "viz/platform/window.hpp"

struct GLFWwindow;

namespace keyhole::viz {

class WindowMemory {
  public:
    /// Reads what is remembered; what cannot be read is one line on stderr, and the window is as a first one.
    WindowMemory(App& app, const WindowWishes& wishes);

    /// A window that is seen, null where there can be none. GLFW has been told which OpenGL it needs.
    GLFWwindow* create();
    /// The window is on a screen of another scale now: everything in it gets larger or smaller with that.
    void follow(GLFWwindow* window);
    /// To be called before the window goes. What the command line asked for, and nobody changed, is not remembered.
    void remember(GLFWwindow* window) const;

  private:
    App& app_;
    WindowWishes wishes_;
    std::filesystem::path file_; // empty: nothing is remembered
    WindowState state_;
    float screen_scale_ = 1;
};

} // namespace keyhole::viz
