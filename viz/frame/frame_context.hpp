// What every view gets to draw one frame. It reads; what it wants changed it leaves in `requests`, and what it keeps
// for the next frame in `state`.
#pragma once

#include <optional>
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
    bool frozen;                           // what is seen stays, whatever is done meanwhile
    bool still;                            // nothing moves from one picture to the next
    bool moved;                            // the cursor moved since the last frame: scroll to it
    std::optional<Curtain> lecture_covers; // while the lecturer who is followed lets the class guess
    const UiState& ui;
    const GoToState& go_to;
    const Files& files;
    const LiveController& live;
    std::span<const PageInfo> pages; // all there are, in the order of their tabs
    ViewState& state;
    Requests& requests;

    /// What the step gives is to be guessed before it is shown, because of who predicts here or of the lecturer.
    bool covered() const { return ui.covers(step) || lecture_hides(step) != Covered::nothing; }
    /// Nothing of the step is to be seen: the lecture has not come so far.
    bool unseen() const { return lecture_hides(step) == Covered::all; }
    /// What the steps after this one give is covered too.
    bool predicting() const {
        return ui.predicting || (lecture_covers && (covered() || beside(lecture_covers->at, step.node)));
    }
    /// Whether another step's result stays covered, wherever it would be told.
    bool hides(const Node& other) const {
        return (ui.predicting &&
                keyhole::covered(trace.tree(), {step.node, ui.covers(step)}, other) != Covered::nothing) ||
               (lecture_covers && keyhole::covered(trace.tree(), *lecture_covers, other) != Covered::nothing);
    }

  private:
    Covered lecture_hides(const Step& what) const {
        return lecture_covers ? hidden_of(trace.tree(), *lecture_covers, what) : Covered::nothing;
    }
};

} // namespace keyhole::viz
