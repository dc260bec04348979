// The window in a page: the application, and what the page's script tells it. The script calls frame() when there is
// something to draw; in between nothing runs.
#pragma once

#include <filesystem>
#include <string>

#include "viz/app/app.hpp"
#include "viz/base/key_queue.hpp"
#include "viz/files/window_state.hpp"
#include "viz/platform/options.hpp"
#include "viz/platform/window.hpp"

namespace keyhole::viz {

class PageWindow {
  public:
    /// Makes ImGui's context; the page's canvas has the current WebGL context.
    explicit PageWindow(Options options);

    App& app() { return app_; }
    /// In pixels of the screen, of which `ratio` make one of CSS's.
    void resize(int width, int height, float ratio);
    void put(const KeyEvent& event);
    /// Something happened: a few frames are wanted until hovering, focus and layout have settled.
    void stir();
    /// Draws if that is due. When it wants to be called again, in seconds from `now`: 0 for at once, less for not at
    /// all.
    double frame(double now);
    void paste(std::string text);

  private:
    void feed_keys();
    void draw(double now);
    void draw_picture();
    void tell_page();
    /// How much larger everything is drawn than the page is by itself: what the flags say until the user changes it.
    float zoom();
    /// What the flags asked for, and nobody changed, is not remembered.
    void remember();

    App app_;
    WindowWishes wishes_;
    KeyQueue keys_;
    WindowState state_;
    std::string clipboard_, title_, place_, cursor_;
    float ratio_ = 0;
    int width_ = 0, height_ = 0, frames_ = 0;
    bool empty_ = true; // of a new size: whatever comes next is shown
    double drawn_ = 0;
};

/// The page's one window; nothing before main() has made it.
PageWindow*& page_window();

/// What the window remembers, in the program's file system; the page keeps it from one visit to the next.
inline const std::filesystem::path state_file = "/state/window.json";

} // namespace keyhole::viz
