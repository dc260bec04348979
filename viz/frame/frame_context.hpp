// What every view gets to draw one frame, and what it may ask for in return. Views change nothing by themselves: they
// leave what they ask for in `Requests`, and the application does it after the frame.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "viz/base/command.hpp"
#include "viz/base/layout_model.hpp"
#include "viz/draw/canvas.hpp"
#include "viz/files/files_model.hpp"
#include "viz/frame/predict_model.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/live/live_controller.hpp"
#include "viz/session/session.hpp"
#include "viz/session/stage_model.hpp"
#include "viz/session/steps_model.hpp"

namespace keyhole::viz {

/// What stands on the left.
enum class LeftPanel { exchange, steps, none };

/// What the user set, apart from where the cursor stands.
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
    std::string notice; // one line below the toolbar, until the next command
    float scroll_stage = 0,
          scroll_details = 0; // this frame: by how many of their heights; the help scrolls as the stage
    bool predicting = false, revealed = false; // what a step gives stays covered until it is revealed
    std::string copied;                        // the value of this step that was copied last
    int item_step = 0;    // this frame: 1 to the next bit, character or byte on the stage, -1 to the one before
    bool quit = false;    // the window is to close
    bool seeking = false; // a drag on the scrubber is going on
};

struct Requests {
    std::optional<Command> command;
    std::optional<Node> go_to;
    std::optional<std::string> go_to_address;
    std::optional<std::string> search; // what is typed into the go-to field now
    std::optional<LeftPanel> left;
    std::optional<std::uint64_t> seek;
    struct Copy {
        std::string text;
        std::string value = {}; // its name, where it is one of the step's
    };
    std::optional<Copy> copy;
    bool do_file = false;              // what the bar for files asks, as Enter does
    std::optional<std::string> notice; // one line to be shown
    std::optional<PageName> page;
    std::optional<Viewer> viewer;              // whose sight of the exchange is shown
    std::function<void(LiveController&)> live; // what the live exchange is to do
    std::optional<Opened> open;                // shown as a session of its own; the one before is kept
};

struct FrameContext {
    const Session& session;
    const Trace& trace;
    const Cursor& cursor;
    const Player& player;
    const Step& step; // of cursor.node()
    const std::vector<StepRow>& steps;
    const PartsModel& parts;
    const Theme& theme;
    const Fonts& fonts;
    const Search& search;
    bool moved; // the cursor moved since the last frame: scroll to it
    UiState& ui;
    Requests& requests;
    StageMemory& stage;
    Files& files;
    const LiveController& live;

    /// What the step gives is to be guessed before it is shown.
    bool covered() const { return ui.predicting && !ui.revealed && can_predict(step.node.kind()); }
};

} // namespace keyhole::viz
