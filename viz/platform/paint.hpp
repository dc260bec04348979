// The application on an OpenGL framebuffer of its own: pictures without a window, and pictures of the window that are
// larger and sharper than it is. Needs a current OpenGL 3.3 context.
#pragma once

#include <functional>

#include "viz/app/app.hpp"
#include "viz/files/image.hpp"

namespace keyhole::viz {

struct PictureSize {
    int width = 1600, height = 900;
};
inline constexpr PictureSize smallest_picture{320, 200}, largest_picture{8192, 8192};

/// What comes before ImGui::NewFrame(): the fonts that the application wants, and OpenGL's part of the frame. True:
/// there are new fonts.
bool begin_frame(App& app);

/// An ImGui context of its own with OpenGL's backend; the one before is current again at its end.
class PaintContext {
  public:
    /// In pixels. Throws Error (io) where OpenGL has no room for it.
    explicit PaintContext(PictureSize size);
    ~PaintContext();
    PaintContext(const PaintContext&) = delete;
    PaintContext& operator=(const PaintContext&) = delete;

    /// Runs `frame` between NewFrame and Render until sizes and scroll positions have settled, and on while `unsettled`
    /// says so.
    Image paint(App& app, const std::function<void()>& frame, const std::function<bool()>& unsettled = {});

  private:
    PictureSize size_;
    ImGuiContext* before_;
};

/// The application as it stands in a window of that size: the stage alone or all of it, at twice the window's
/// resolution where that is not very large already. Throws Error (io).
Image paint_window(App& app, PictureSize window, bool stage_only);

} // namespace keyhole::viz
