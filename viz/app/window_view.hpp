// The whole window: the toolbar, the tabs, a line of notice or the bar for files, the stage with its panels or a page,
// and the scrubber.
#pragma once

#include <string>

#include "viz/app/drawing.hpp"
#include "viz/frame/page.hpp"

namespace keyhole::viz {

struct WindowContent {
    Page* page = nullptr; // in place of the stage and its panels
    std::string notice;   // empty: none
    bool wrong = false;   // the notice says what is wrong
    bool bare = false;    // without notice, bar for files and lists: a picture is taken
};

StagePlace draw_window(FrameContext& context, const WindowContent& content);

} // namespace keyhole::viz
