// What every view gets to draw one frame, and what it may ask for in return. Views change nothing by themselves: they
// leave what they ask for in `Requests`, and the application does it after the frame.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "viz/base/command.hpp"
#include "viz/base/lanes.hpp"
#include "viz/base/layout_model.hpp"
#include "viz/draw/canvas.hpp"
#include "viz/files/files_model.hpp"
#include "viz/frame/predict_model.hpp"
#include "viz/frame/requests.hpp"
#include "viz/frame/ui_state.hpp"
#include "viz/live/live_controller.hpp"
#include "viz/session/session.hpp"
#include "viz/session/stage_model.hpp"
#include "viz/session/steps_model.hpp"

namespace keyhole::viz {

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
    Files& files;
    const LiveController& live;

    /// What the step gives is to be guessed before it is shown.
    bool covered() const { return ui.predicting && !ui.revealed && can_predict(step.node.kind()); }
};

} // namespace keyhole::viz
