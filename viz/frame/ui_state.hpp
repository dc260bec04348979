// What the user set, apart from where the cursor stands. Views read it, and change it by their requests only.
#pragma once

#include <string>

#include "viz/base/page_name.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::viz {

/// What stands on the left.
enum class LeftPanel { exchange, steps, none };

struct UiState {
    ThemeName theme = ThemeName::dark;
    float scale = 1;
    PageName page = PageName::steps;
    bool help = false;
    LeftPanel left = LeftPanel::exchange;
    std::string notice;                        // one line below the toolbar, until the next command
    bool predicting = false, revealed = false; // what a step gives stays covered until it is revealed
    std::string copied;                        // the value of this step that was copied last
    bool quit = false;                         // the window is to close

    // What the keys ask of the frame that is drawn now.
    int item_step = 0; // 1 to the next bit, character or byte on the stage, -1 to the one before
    float scroll_stage = 0, scroll_details = 0; // by how many of their heights; the help scrolls as the stage

    void show(PageName wanted) {
        page = wanted;
        help = false;
    }
};

} // namespace keyhole::viz
