// What the stage's panel keeps from frame to frame: what the user follows and has switched, one for each kind of stage,
// and the picture that was made last, which is drawn again as long as nothing that it shows has changed.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "viz/draw/row_bar.hpp"
#include "viz/picture/stage.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

class StageMemory {
  public:
    StageState& state(StageKind kind) { return states_[static_cast<std::size_t>(kind)]; }
    const StageState& state(StageKind kind) const { return states_[static_cast<std::size_t>(kind)]; }

    /// Whether something that was clicked is followed, on any stage.
    bool keeps() const {
        return std::ranges::any_of(states_, [](const StageState& state) { return state.kept; });
    }

    /// Nothing is followed any more, on any stage.
    void forget_followed() {
        for (StageState& state : states_) state.follow(0, false);
    }

    /// No stage is zoomed into any more. False where none was.
    bool leave_zoom() {
        bool zoomed = false;
        for (StageState& state : states_) zoomed = !std::exchange(state.zoom, {}).empty() || zoomed;
        return zoomed;
    }

    /// What a picture is made of, apart from the state.
    struct Key {
        Node node;
        std::uint64_t session = 0, steps = 0; // which recording, and how far it has grown
        Rect room;
        const Theme* theme = nullptr;
        float em = 0;
        bool covered = false, predicting = false, unseen = false;

        bool operator==(const Key&) const = default;
    };

    Picture picture;
    Picture before;          // the one that was seen last, while it turns into `picture`
    double motion_began = 0; // seconds, by ImGui's clock
    bool moving = false;
    std::string chip;           // what is kept or zoomed into; empty: nothing
    float growth = 0;           // of its type, over that of the panels; 0: there is no picture
    Rect pointed;               // on the screen, what the mouse is over; nothing wide where it is over nothing
    std::optional<Key> made_of; // nothing: there is no picture
    StageState made_in;
    std::map<std::string, RowBar, std::less<>> bars; // of the picture's lists

  private:
    std::array<StageState, stage_count> states_;
};

} // namespace keyhole::viz
