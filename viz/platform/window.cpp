#include "viz/platform/window.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "core/base/error.hpp"
#include "netsim/tcp/stop_signals.hpp"
#include "viz/platform/gl.hpp"
#include "viz/platform/paint.hpp"
#include "viz/platform/window_keys.hpp"
#include "viz/platform/window_memory.hpp"
#include "viz/platform/window_title.hpp"

namespace keyhole::viz {
namespace {

// After an event ImGui needs a few frames until hovering, focus and layout have settled.
constexpr int frames_after_event = 3;
constexpr double longest_sleep = 3600; // seconds

std::string last_error = "no reason given"; // NOLINT: GLFW's error callback has no user pointer

void on_error(int, const char* words) { last_error = words; }

// What the handlers below reach through the window's user pointer.
struct WindowLoop {
    App& app;
    WindowMemory memory;
    int frames_left = frames_after_event;
    KeyQueue keys{};
    bool exposed = false; // something of the window was not drawn yet: whatever comes next is shown
};

WindowLoop& loop_of(GLFWwindow* window) { return *static_cast<WindowLoop*>(glfwGetWindowUserPointer(window)); }

void on_key(GLFWwindow* window, int key, int scancode, int action, int mods) {
    WindowLoop& loop = loop_of(window);
    loop.frames_left = frames_after_event;
    loop.keys.put(key_event(key, scancode, action, mods));
}

void on_character(GLFWwindow* window, unsigned character) {
    WindowLoop& loop = loop_of(window);
    loop.frames_left = frames_after_event;
    loop.keys.put({.kind = KeyEvent::Kind::character, .character = character});
}

// Hands the next frame's keys to ImGui and to the application.
void feed_keys(GLFWwindow* window) {
    WindowLoop& loop = loop_of(window);
    for (const KeyEvent& event : loop.keys.take_frame()) {
        if (event.kind == KeyEvent::Kind::character) {
            loop.app.type(event.character);
        } else {
            feed_imgui(window, event);
        }
        if (const auto press = press_of(event)) loop.app.press(*press);
    }
    if (!loop.keys.empty()) loop.frames_left = frames_after_event;
}

void on_scale(GLFWwindow* window, float, float) {
    WindowLoop& loop = loop_of(window);
    loop.frames_left = frames_after_event;
    loop.memory.follow(window);
}

template <class... Arguments>
void on_anything(GLFWwindow* window, Arguments...) {
    loop_of(window).frames_left = frames_after_event;
}

template <class... Arguments>
void on_exposure(GLFWwindow* window, Arguments... arguments) {
    on_anything(window, arguments...);
    loop_of(window).exposed = true;
}

// The window and its OpenGL context; ImGui's backends are set up after our own callbacks and pass events on to them.
class Window {
  public:
    explicit Window(WindowLoop& loop) {
        glfwSetErrorCallback(on_error);
#ifdef GLFW_PLATFORM
        // GLFW 3.4 tries Wayland first, whose library writes a line of its own where there is none.
        if (std::getenv("WAYLAND_DISPLAY") == nullptr) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
        if (glfwInit() == GLFW_FALSE) throw no_window();
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        window_ = loop.memory.create();
        if (window_ == nullptr) {
            glfwTerminate();
            throw no_window();
        }
        glfwMakeContextCurrent(window_);
        if (gladLoadGL(glfwGetProcAddress) == 0) {
            glfwDestroyWindow(window_);
            glfwTerminate();
            last_error = "there is no OpenGL 3.3";
            throw no_window();
        }
        glfwSwapInterval(1);
        glfwSetWindowUserPointer(window_, &loop);
        glfwSetMouseButtonCallback(window_, on_anything<int, int, int>);
        glfwSetScrollCallback(window_, on_anything<double, double>);
        glfwSetCursorPosCallback(window_, on_anything<double, double>);
        glfwSetCursorEnterCallback(window_, on_anything<int>);
        glfwSetWindowFocusCallback(window_, on_anything<int>);
        glfwSetFramebufferSizeCallback(window_, on_exposure<int, int>);
        glfwSetWindowContentScaleCallback(window_, on_scale);
        glfwSetWindowRefreshCallback(window_, on_exposure<>);
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui_ImplGlfw_InitForOpenGL(window_, true);
        // In place of ImGui's own, which get theirs from feed_keys.
        glfwSetKeyCallback(window_, on_key);
        glfwSetCharCallback(window_, on_character);
        ImGui_ImplOpenGL3_Init(shader_version);
    }
    ~Window() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
        glfwDestroyWindow(window_);
        glfwTerminate();
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    GLFWwindow* get() const { return window_; }

  private:
    static Error no_window() {
        return io_error("no window can be opened (" + last_error +
                        "; on a machine without a display use --screenshot FILE.png)");
    }
    GLFWwindow* window_ = nullptr;
};

void draw(GLFWwindow* window, App& app) {
    begin_frame(app);
    ImGui_ImplGlfw_NewFrame();
    ImGui::NewFrame();
    app.frame(Seconds(glfwGetTime()));
    ImGui::Render();
    const bool exposed = std::exchange(loop_of(window).exposed, false);
    if (!app.worth_showing() && !exposed) return;
    int width = 0, height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    glViewport(0, 0, width, height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window);
}

void name_window(GLFWwindow* window, App& app, std::string& title) {
    std::string now = window_title(app);
    if (now == title) return;
    title = std::move(now);
    glfwSetWindowTitle(window, title.c_str());
}

void draw_picture(GLFWwindow* window, App& app) {
    try {
        PictureSize size;
        glfwGetFramebufferSize(window, &size.width, &size.height);
        app.picture_drawn(paint_window(app, size, app.picture_request()->stage_only));
    } catch (const Error& error) {
        app.picture_failed(error.what());
    }
}

} // namespace

void run_window(App& app, const WindowWishes& wishes) {
    WindowLoop loop{.app = app, .memory{app, wishes}};
    const Window window(loop);
    app.set_wake([] { glfwPostEmptyEvent(); });
    const StopSignals stop([] { glfwPostEmptyEvent(); });
    std::string title;
    while (glfwWindowShouldClose(window.get()) == GLFW_FALSE && !app.ui().quit && !stop.came()) {
        if (loop.frames_left > 0) {
            glfwPollEvents();
        } else {
            const auto due = app.due();
            const double left = due ? due->count() - glfwGetTime() : longest_sleep;
            if (left > 0) glfwWaitEventsTimeout(left);
            if (app.due() && app.due()->count() <= glfwGetTime()) loop.frames_left = frames_after_event;
        }
        if (loop.frames_left == 0) continue;
        --loop.frames_left;
        feed_keys(window.get());
        draw(window.get(), app);
        name_window(window.get(), app, title);
        if (app.picture_request()) {
            draw_picture(window.get(), app);
            loop.frames_left = frames_after_event;
        }
    }
    app.set_wake({});
    loop.memory.remember(window.get());
}

} // namespace keyhole::viz
