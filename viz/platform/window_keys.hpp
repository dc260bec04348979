// Keys between GLFW, which names them by their place on the keyboard, and ImGui and the application.
#pragma once

#include <optional>

#include "viz/base/command.hpp"
#include "viz/base/key_queue.hpp"

struct GLFWwindow;

namespace keyhole::viz {

/// What GLFW tells its key callback.
KeyEvent key_event(int key, int scancode, int action, int modifiers);

/// What the event means to the application; nothing where it means nothing.
std::optional<KeyPress> press_of(const KeyEvent& event);

/// Hands a key to ImGui, in its frame.
void feed_imgui(GLFWwindow* window, const KeyEvent& event);

} // namespace keyhole::viz
