#include "viz/offscreen.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>

#include <array>
#include <chrono>
#include <thread>

#include "core/error.hpp"

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

} // namespace

void take_screenshot(App& app, PictureSize size, const std::string& path) {
    const EglContext egl;
    Picture picture;
    {
        PaintContext context(size);
        // What a page works on is waited for a while.
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        picture = context.paint(
            app, [&] { app.frame(Seconds(0)); },
            [&] {
                if (!app.due() || std::chrono::steady_clock::now() >= patience) return false;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                return true;
            });
    }
    write_png(path, picture);
}

} // namespace keyhole::viz
