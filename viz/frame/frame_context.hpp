// What every view gets to draw one frame. It reads; what it wants changed it leaves in `requests`, and what it keeps
// for the next frame in `state`.
#pragma once

#include <span>

#include "viz/base/command.hpp"
#include "viz/base/layout_model.hpp"
#include "viz/draw/screen_canvas.hpp"
#include "viz/files/files_model.hpp"
#include "viz/frame/go_to_state.hpp"
#include "viz/frame/page_info.hpp"
#include "viz/frame/requests.hpp"
#include "viz/frame/ui_state.hpp"
#include "viz/frame/view_state.hpp"
#include "viz/live/live_controller.hpp"
#include "viz/session/predict_model.hpp"
#include "viz/session/session.hpp"
#include "viz/session/stage_model.hpp"
#include "viz/session/steps_model.hpp"

namespace keyhole::viz {

struct FrameContext {
    const Session& session;
    const Session* before; // the trace that was shown before this one; nothing where there was none
    const Trace& trace;
    const Cursor& cursor;
    const Player& player;
    const Step& step; // of cursor.node()
    const std::vector<StepRow>& steps;
    const Theme& theme;
    const Fonts& fonts;
    const StepSearch& search;
    bool frozen; // what is seen stays, whatever is done meanwhile
    bool still;  // nothing moves from one picture to the next
    bool moved;  // the cursor moved since the last frame: scroll to it
    const UiState& ui;
    const GoToState& go_to;
    const Files& files;
    const LiveController& live;
    std::span<const PageInfo> pages; // all there are, in the order of their tabs
    ViewState& state;
    Requests& requests;

    /// What the step gives is to be guessed before it is shown.
    bool covered() const { return ui.predicting && !ui.revealed && can_predict(step); }
};

} // namespace keyhole::viz
