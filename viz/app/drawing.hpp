// What one drawing of the application needs for itself. The window has one; a picture that is being taken has another,
// which begins as the window's stands and never changes it.
#pragma once

#include <optional>

#include "viz/base/layout_model.hpp"
#include "viz/draw/fonts.hpp"
#include "viz/files/files_model.hpp"
#include "viz/frame/view_state.hpp"

namespace keyhole::viz {

/// Where the panels lie, where the stage was drawn, and what of it was not seen, in pixels: it would have to be
/// scrolled.
struct StagePlace {
    Layout layout;
    Rect area;
    float overflow = 0;
};

struct Drawing {
    float ratio = 1; // as many times as large
    Fonts fonts;
    ViewState state;
    bool moved = true; // scroll to the current step
    StagePlace stage;
};

/// What the picture that is wanted shows: the stage alone, or the whole window.
struct PictureRequest {
    bool stage_only = true;
};

/// A picture is ordered in the bar for files, and drawn by whoever has an OpenGL context.
class PictureBeingTaken {
  public:
    void order(FileOrder order);
    const std::optional<PictureRequest>& request() const { return request_; }
    /// The order that has been carried out, or cannot be.
    FileOrder end_order();

    void begin(const Drawing& window, float ratio);
    /// Nothing while none is drawn.
    Drawing* drawing() { return drawing_ ? &*drawing_ : nullptr; }
    StagePlace end();

  private:
    std::optional<FileOrder> order_;
    std::optional<PictureRequest> request_;
    std::optional<Drawing> drawing_;
};

} // namespace keyhole::viz
