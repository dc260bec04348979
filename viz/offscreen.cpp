#include "viz/offscreen.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "viz/png.hpp"

namespace keyhole::viz {
namespace {

Error no_opengl(const std::string& why) {
    return io_error("no picture can be drawn (" + why + "; install libegl1 and libgl1-mesa-dri)");
}

// An OpenGL 3.3 core context that belongs to no window.
class EglContext {
  public:
    EglContext() {
        const auto get_display =
            reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
        if (get_display == nullptr) throw no_opengl("EGL has no platform displays");
        display_ = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, nullptr, nullptr) == EGL_FALSE) {
            throw no_opengl("EGL does not start");
        }
        eglBindAPI(EGL_OPENGL_API);
        constexpr std::array attributes = {
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        context_ = eglCreateContext(display_, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes.data());
        const bool current = context_ != EGL_NO_CONTEXT &&
                             eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE;
        if (!current || gladLoadGL(reinterpret_cast<GLADloadfunc>(eglGetProcAddress)) == 0) {
            eglTerminate(display_);
            throw no_opengl("there is no OpenGL 3.3");
        }
    }
    ~EglContext() {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
        eglTerminate(display_);
    }
    EglContext(const EglContext&) = delete;
    EglContext& operator=(const EglContext&) = delete;

  private:
    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
};

// Where the picture is drawn.
class Framebuffer {
  public:
    explicit Framebuffer(PictureSize size) {
        glGenFramebuffers(1, &framebuffer_);
        glGenRenderbuffers(1, &renderbuffer_);
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
        glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer_);
        glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, size.width, size.height);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer_);
        complete_ = glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
    }
    ~Framebuffer() {
        glDeleteRenderbuffers(1, &renderbuffer_);
        glDeleteFramebuffers(1, &framebuffer_);
    }
    Framebuffer(const Framebuffer&) = delete;
    Framebuffer& operator=(const Framebuffer&) = delete;

    bool complete() const { return complete_; }

  private:
    GLuint framebuffer_ = 0, renderbuffer_ = 0;
    bool complete_ = false;
};

std::vector<std::uint8_t> read_pixels(PictureSize size) {
    const std::size_t row = static_cast<std::size_t>(size.width) * 4;
    std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(size.height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, size.width, size.height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    // OpenGL counts rows from the foot. The window is opaque, so the picture is too.
    for (int y = 0; y < size.height / 2; ++y) {
        const auto top = pixels.begin() + static_cast<std::ptrdiff_t>(row) * y;
        const auto foot = pixels.begin() + static_cast<std::ptrdiff_t>(row) * (size.height - 1 - y);
        std::swap_ranges(top, top + static_cast<std::ptrdiff_t>(row), foot);
    }
    for (std::size_t i = 3; i < pixels.size(); i += 4) pixels[i] = 255;
    return pixels;
}

} // namespace

void take_screenshot(App& app, PictureSize size, const std::string& path) {
    const EglContext egl;
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    io.DeltaTime = 1.0F / 60;
    ImGui_ImplOpenGL3_Init("#version 330 core");
    std::vector<std::uint8_t> pixels;
    {
        const Framebuffer framebuffer(size);
        if (!framebuffer.complete()) throw no_opengl("a picture of that size does not fit");
        glViewport(0, 0, size.width, size.height);
        // Sizes and scroll positions settle in the first frames; what a page works on is waited for a while.
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        for (int i = 0; i < 4 || (app.due() && std::chrono::steady_clock::now() < patience); ++i) {
            if (i >= 4) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            app.prepare();
            ImGui_ImplOpenGL3_NewFrame();
            ImGui::NewFrame();
            app.frame(Seconds(0));
            ImGui::Render();
            glClearColor(0, 0, 0, 1);
            glClear(GL_COLOR_BUFFER_BIT);
            ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        }
        pixels = read_pixels(size);
    }
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
    write_png(path, size.width, size.height, pixels);
}

} // namespace keyhole::viz
