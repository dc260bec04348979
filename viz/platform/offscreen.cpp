#include "viz/platform/offscreen.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>
#include <imgui.h>

#include <array>
#include <chrono>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/utf8.hpp"

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

using Clock = std::chrono::steady_clock;

// A field has the keyboard, and a new page its sizes, only some frames after the key that leads there.
constexpr int frames_after_key = 4;

// Presses the script's keys, one after another.
class Presser {
  public:
    Presser(App& app, const std::vector<ScriptedKey>& script) : app_(app), script_(script) {}

    bool scripted() const { return !script_.empty(); }
    bool done() const { return next_ == script_.size() && frames_ == 0 && Clock::now() >= until_; }
    /// To be called before each frame.
    void go_on() {
        if (frames_ > 0) --frames_;
        if (frames_ > 0 || Clock::now() < until_ || next_ == script_.size()) return;
        frames_ = frames_after_key;
        const ScriptedKey& key = script_[next_++];
        if (const auto* press = std::get_if<KeyPress>(&key)) {
            app_.press(*press);
        } else if (const auto* text = std::get_if<ScriptedText>(&key)) {
            for (const Character& c : characters(text->text)) app_.type(c.valid ? c.code : U'\uFFFD');
        } else {
            until_ = Clock::now() +
                     std::chrono::duration_cast<Clock::duration>(Seconds(std::get<ScriptedPause>(key).seconds));
        }
    }

  private:
    App& app_;
    const std::vector<ScriptedKey>& script_;
    std::size_t next_ = 0;
    int frames_ = 0;
    Clock::time_point until_{};
};

} // namespace

void take_screenshot(App& app, PictureSize size, const std::string& path, const std::vector<ScriptedKey>& script) {
    const EglContext egl;
    Image picture;
    {
        PaintContext context(size);
        Presser presser(app, script);
        const auto begin = Clock::now();
        // Without a script no time passes, and what a page works on is waited for a while.
        const auto now = [&] { return presser.scripted() ? Seconds(Clock::now() - begin) : Seconds(0); };
        const auto patience = begin + std::chrono::seconds(10);
        picture = context.paint(
            app, [&] { app.frame(now()); },
            [&] {
                presser.go_on();
                const bool waits = presser.scripted() ? !presser.done() : app.due() && Clock::now() < patience;
                if (waits) std::this_thread::sleep_for(std::chrono::milliseconds(20));
                return waits;
            });
    }
    write_png(path, picture);
}

} // namespace keyhole::viz
