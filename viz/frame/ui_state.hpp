// What the user set, apart from where the cursor stands.
#pragma once

#include <optional>
#include <string>

#include "core/steps/node.hpp"
#include "viz/base/lanes.hpp"
#include "viz/base/layout_model.hpp"
#include "viz/base/page_name.hpp"
#include "viz/draw/theme.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

/// What stands on the left.
enum class LeftPanel { exchange, steps, none };

struct UiState {
    ThemeName theme = ThemeName::dark;
    float scale = 1;
    PageName page = PageName::steps;
    bool help = false;
    LeftPanel left = LeftPanel::exchange;
    std::string go_to_text, go_to_error;
    bool focus_go_to = false, go_to_active = false;
    bool go_to_entered = false;       // Enter was pressed; go as soon as something is found
    bool go_to_open = false;          // the list below the field
    std::optional<Node> go_to_chosen; // the hit that Enter goes to; else the first
    Rect go_to_field;                 // where the field stands
    Rect file_field;                  // from where the path is typed down to the foot of the bar for files
    bool file_field_active = false;
    std::string notice;           // one line below the toolbar, until the next command
    std::optional<BitRef> traced; // the bit under the mouse, or the one that was clicked
    bool traced_kept = false;
    float scroll_stage = 0,
          scroll_details = 0; // this frame: by how many of their heights; the help scrolls as the stage
    bool predicting = false, revealed = false; // what a step gives stays covered until it is revealed
    std::string copied;                        // the value of this step that was copied last
    int item_step = 0;    // this frame: 1 to the next bit, character or byte on the stage, -1 to the one before
    bool quit = false;    // the window is to close
    bool seeking = false; // a drag on the scrubber is going on
};

} // namespace keyhole::viz
