#include "viz/platform/window_memory.hpp"

#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/error.hpp"
#include "viz/app/settings.hpp"

namespace keyhole::viz {
namespace {

constexpr int first_width = 1600, first_height = 900; // on a screen of scale 1

void warn(const Error& error) { fmt::print(stderr, "keyhole: warning: {}\n", error.what()); }

std::vector<WindowPlace> screens() {
    int count = 0;
    GLFWmonitor** const monitors = glfwGetMonitors(&count);
    std::vector<WindowPlace> out(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < out.size(); ++i)
        glfwGetMonitorWorkarea(monitors[i], &out[i].x, &out[i].y, &out[i].width, &out[i].height);
    return out;
}

// What the screen asks for, in the units that the window is measured in: where those are larger than pixels, a part of
// it has been done already.
float scale_of(GLFWwindow* window) {
    float scale = 1;
    int width = 0, pixels = 0;
    glfwGetWindowContentScale(window, &scale, nullptr);
    glfwGetWindowSize(window, &width, nullptr);
    glfwGetFramebufferSize(window, &pixels, nullptr);
    if (width > 0 && pixels > 0) scale *= static_cast<float>(width) / static_cast<float>(pixels);
    return scale >= 0.25F && scale <= 8 ? scale : 1;
}

} // namespace

WindowMemory::WindowMemory(App& app, const WindowWishes& wishes) : app_(app), wishes_(wishes) {
    try {
        if (wishes.remembers) file_ = window_state_file();
        if (!file_.empty()) state_ = read_window_state(file_);
    } catch (const Error& error) {
        warn(error);
    }
    app.ui().theme = wishes.theme.value_or(state_.theme);
    if (state_.knows_the_moves) app.ui().done = {.over = true, .into = true, .follow = true};
}

GLFWwindow* WindowMemory::create() {
    const std::vector<WindowPlace> all = screens();
    const auto place = state_.place ? reachable(*state_.place, all) : std::nullopt;
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE); // until it is where it belongs
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    GLFWwindow* window = glfwCreateWindow(first_width, first_height, "Keyhole", nullptr, nullptr);
    if (window == nullptr) return nullptr;
    glfwSetWindowSizeLimits(window, least_width, least_height, GLFW_DONT_CARE, GLFW_DONT_CARE);
    if (place) {
        glfwSetWindowSize(window, place->width, place->height);
        glfwSetWindowPos(window, place->x, place->y);
    } else if (!all.empty()) { // the first is the primary one
        int width = 0, height = 0;
        glfwGetWindowSize(window, &width, &height);
        if (width > all[0].width || height > all[0].height)
            glfwSetWindowSize(window, std::min(width, all[0].width), std::min(height, all[0].height));
    }
    if (state_.maximized) glfwMaximizeWindow(window);
    glfwShowWindow(window);
    screen_scale_ = scale_of(window);
    app_.ui().scale = wishes_.scale.value_or(fitting_scale(static_cast<float>(state_.zoom) * screen_scale_));
    return window;
}

void WindowMemory::follow(GLFWwindow* window) {
    const float now = scale_of(window);
    app_.ui().scale = fitting_scale(app_.ui().scale / screen_scale_ * now);
    screen_scale_ = now;
}

void WindowMemory::remember(GLFWwindow* window) const {
    if (file_.empty()) return;
    WindowState now = state_;
    if (app_.ui().theme != wishes_.theme) now.theme = app_.ui().theme;
    if (app_.ui().scale != wishes_.scale) now.zoom = app_.ui().scale / screen_scale_;
    now.knows_the_moves = app_.ui().done.all();
    now.maximized = glfwGetWindowAttrib(window, GLFW_MAXIMIZED) == GLFW_TRUE;
    if (!now.maximized) {
        WindowPlace& place = now.place.emplace();
        glfwGetWindowPos(window, &place.x, &place.y);
        glfwGetWindowSize(window, &place.width, &place.height);
    }
    try {
        write_window_state(file_, now);
    } catch (const Error& error) {
        warn(error);
    }
}

} // namespace keyhole::viz
