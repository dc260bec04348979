// What the user set, apart from where the cursor stands. Views read it, and change it by their requests only.
#pragma once

#include <string>

#include "viz/base/layout_model.hpp"
#include "viz/base/page_name.hpp"
#include "viz/picture/theme.hpp"
#include "viz/session/predict_model.hpp"

namespace keyhole::viz {

/// What stands on the left.
enum class LeftPanel { exchange, steps, none };

/// What somebody who sees the window for the first time is told, until it was done once.
struct FirstSteps {
    bool over = false, into = false, follow = false;

    bool all() const { return over && into && follow; }
};

struct UiState {
    ThemeName theme = ThemeName::dark;
    float scale = 1;
    PageName page = PageName::steps;
    bool help = false;
    LeftPanel left = LeftPanel::exchange;
    bool details = true;                       // the words and values have their panel
    std::string notice;                        // one line below the toolbar, until the next command
    bool predicting = false, revealed = false; // what a step gives stays covered until it is revealed
    std::string copied;                        // the value of this step that was copied last
    bool quit = false;                         // the window is to close

    bool presenting = false;         // the stage as large as the window
    bool black = false;              // nothing at all is shown, while people are to look at each other
    Overlay overlay = Overlay::none; // a panel over the others
    FirstSteps done;
    float left_width = 0, details_width = 0; // of these panels, em; 0: as the window has room
    bool still = false;                      // nothing moves from one picture to the next

    // What the keys ask of the frame that is drawn now.
    int item_step = 0;        // 1 to the next bit, character or byte on the stage, -1 to the one before
    bool zoom_turned = false; // into one thing of the stage, or back
    float scroll_stage = 0, scroll_details = 0; // by how many of their heights; the help scrolls as the stage

    /// Whoever predicts here is still to say what this step gives.
    bool covers(const Step& step) const { return predicting && !revealed && can_predict(step); }

    void show(PageName wanted) {
        page = wanted;
        help = false;
    }
};

} // namespace keyhole::viz
