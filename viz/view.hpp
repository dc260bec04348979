// What every view gets to draw one frame, and what it may ask for in return. Views change nothing by themselves: they
// leave a wish in `Wishes`, and the application carries it out after the frame.
#pragma once

#include <optional>
#include <string>

#include "core/trace.hpp"
#include "viz/canvas.hpp"
#include "viz/command.hpp"
#include "viz/player.hpp"
#include "viz/round_model.hpp"
#include "viz/stage_model.hpp"
#include "viz/steps_model.hpp"

namespace keyhole::viz {

/// The views of the keys 1 to 9.
enum class ViewName { steps };
std::string_view name(ViewName view);
std::optional<ViewName> find_view(std::string_view name);

/// What the user set, apart from where the cursor stands.
struct UiState {
    ThemeName theme = ThemeName::dark;
    float scale = 1;
    ViewName view = ViewName::steps;
    bool help = false;
    bool left_wanted = true;
    std::string go_to_text, go_to_error;
    bool focus_go_to = false, go_to_active = false;
    std::string notice;           // one line below the toolbar, until the next command
    std::optional<BitRef> traced; // the bit under the mouse, or the one that was clicked
    bool traced_kept = false;
    bool quit = false;    // the window is to close
    bool seeking = false; // a drag on the scrubber is going on
};

struct Wishes {
    std::optional<Command> command;
    std::optional<Node> go_to;
    std::optional<std::string> go_to_address;
    std::optional<std::uint64_t> seek;
    std::optional<std::string> copy;
};

struct View {
    const Trace& trace;
    const Cursor& cursor;
    const Player& player;
    const Step& step; // of cursor.node()
    const std::vector<StepRow>& steps;
    const PartsView& parts;
    const Theme& theme;
    const Fonts& fonts;
    bool moved; // the cursor moved since the last frame: scroll to it
    UiState& ui;
    Wishes& wishes;
};

} // namespace keyhole::viz
