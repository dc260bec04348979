#include "viz/platform/paint.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.hpp"
#include "viz/platform/gl.hpp"

namespace keyhole::viz {
namespace {

constexpr int frames_to_settle = 4;
constexpr int most_made = 12; // times that new fonts are waited for: each may find more characters to draw
// Larger than this, the window's own resolution is enough and the fonts' textures would not fit.
constexpr float largest_doubled_scale = 1.5F;

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
        glDeleteFramebuffers(1, &framebuffer_);
        glDeleteRenderbuffers(1, &renderbuffer_);
    }
    Framebuffer(const Framebuffer&) = delete;
    Framebuffer& operator=(const Framebuffer&) = delete;

    bool complete() const { return complete_; }

  private:
    GLuint framebuffer_ = 0, renderbuffer_ = 0;
    bool complete_ = false;
};

Image read_pixels(PictureSize size) {
    const std::size_t row = static_cast<std::size_t>(size.width) * 4;
    Image out{.width = size.width, .height = size.height, .pixels = {}};
    out.pixels.resize(row * static_cast<std::size_t>(size.height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, size.width, size.height, GL_RGBA, GL_UNSIGNED_BYTE, out.pixels.data());
    // OpenGL counts rows from the foot. The window is opaque, so the picture is too.
    for (int y = 0; y < size.height / 2; ++y) {
        const auto top = out.pixels.begin() + static_cast<std::ptrdiff_t>(row) * y;
        const auto foot = out.pixels.begin() + static_cast<std::ptrdiff_t>(row) * (size.height - 1 - y);
        std::swap_ranges(top, top + static_cast<std::ptrdiff_t>(row), foot);
    }
    for (std::size_t i = 3; i < out.pixels.size(); i += 4) out.pixels[i] = 255;
    return out;
}

Image cropped(const Image& whole, Rect area) {
    const auto within = [](float at, int most) { return std::clamp(static_cast<int>(std::lround(at)), 0, most); };
    const int left = within(area.x, whole.width), right = within(area.right(), whole.width);
    const int top = within(area.y, whole.height), bottom = within(area.bottom(), whole.height);
    Image out{.width = right - left, .height = bottom - top, .pixels = {}};
    for (int y = top; y < bottom; ++y) {
        const auto row = whole.pixels.begin() + (static_cast<std::ptrdiff_t>(y) * whole.width + left) * 4;
        out.pixels.insert(out.pixels.end(), row, row + static_cast<std::ptrdiff_t>(out.width) * 4);
    }
    return out;
}

struct Painted {
    Image whole;
    StagePlace stage;
};

Painted paint_once(App& app, PictureSize size, float ratio) {
    PaintContext context(size);
    app.begin_picture(ratio);
    Painted out;
    try {
        out.whole = context.paint(app, [&] { app.draw_picture(); });
    } catch (...) {
        app.end_picture();
        throw;
    }
    out.stage = app.end_picture();
    return out;
}

} // namespace

bool begin_frame(App& app) {
    GLint largest_texture = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest_texture);
    const bool new_fonts = app.prepare(largest_texture);
    ImGui_ImplOpenGL3_NewFrame();
    // ImGui 1.86 uploads the fonts once only, with its shaders; without their texture nothing at all is seen.
    if (new_fonts) {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    return new_fonts;
}

PaintContext::PaintContext(PictureSize size) : size_(size), before_(ImGui::GetCurrentContext()) {
    ImGui::SetCurrentContext(ImGui::CreateContext());
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    io.DeltaTime = 1.0F / 60;
    ImGui_ImplOpenGL3_Init(shader_version);
}

PaintContext::~PaintContext() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
    ImGui::SetCurrentContext(before_);
}

Image PaintContext::paint(App& app, const std::function<void()>& frame, const std::function<bool()>& unsettled) {
    const Framebuffer framebuffer(size_);
    if (!framebuffer.complete())
        throw io_error("no picture can be drawn (OpenGL has no room for one of that size; make it smaller)");
    glViewport(0, 0, size_.width, size_.height);
    const auto is_open = [&](int settled) {
        return settled < frames_to_settle || !app.worth_showing() || (unsettled && unsettled());
    };
    for (int settled = 0, made = 0; is_open(settled); ++settled) {
        if (begin_frame(app) && ++made <= most_made) settled = 0;
        ImGui::NewFrame();
        frame();
        ImGui::Render();
        glClearColor(0, 0, 0, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    }
    return read_pixels(size_);
}

Image paint_window(App& app, PictureSize window, bool stage_only) {
    constexpr int most_growth = 3; // of a stage that is higher than its panel
    GLint most = 0;
    glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &most);
    const bool doubled = app.ui().scale <= largest_doubled_scale && 2 * std::max(window.width, window.height) <= most;
    const int ratio = doubled ? 2 : 1;
    PictureSize size{ratio * window.width, ratio * window.height};
    Painted painted = paint_once(app, size, static_cast<float>(ratio));
    if (!stage_only) return painted.whole;
    if (painted.stage.overflow > 0) {
        const int height = size.height + static_cast<int>(std::ceil(painted.stage.overflow));
        size.height = std::min({height, most_growth * size.height, static_cast<int>(most)});
        painted = paint_once(app, size, static_cast<float>(ratio));
    }
    return cropped(painted.whole, painted.stage.area);
}

} // namespace keyhole::viz
