// What the stage's panel keeps from frame to frame: what the user follows and has switched, one for each kind of stage,
// and the picture that was made last, which is drawn again as long as nothing that it shows has changed.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "viz/draw/row_bar.hpp"
#include "viz/picture/stage.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

class StageMemory {
  public:
    StageState& state(StageKind kind) { return states_[static_cast<std::size_t>(kind)]; }
    const StageState& state(StageKind kind) const { return states_[static_cast<std::size_t>(kind)]; }

    /// Nothing is followed any more, on any stage.
    void forget_followed() {
        for (StageState& state : states_) state.follow(0, false);
    }

    /// What a picture is made of, apart from the state.
    struct Key {
        Node node;
        std::uint64_t session = 0, steps = 0; // which recording, and how far it has grown
        Rect room;
        const Theme* theme = nullptr;
        float em = 0;
        bool covered = false;

        bool operator==(const Key&) const = default;
    };

    Picture picture;
    std::optional<Key> made_of; // nothing: there is no picture
    StageState made_in;
    std::map<std::string, RowBar, std::less<>> bars; // of the picture's lists

  private:
    std::array<StageState, stage_count> states_;
};

} // namespace keyhole::viz
