// The commands that change nothing but what the user set.
#pragma once

#include "viz/base/command.hpp"
#include "viz/frame/ui_state.hpp"

namespace keyhole::viz {

/// False where the command is none of these.
bool set(UiState& ui, Command command);

/// The scale within what there is: text smaller than that of scale 1 would not be read.
float fitting_scale(float scale);

/// The keys that scroll the help, which covers everything else. True: used; so are those that would move in the trace.
bool press_help(UiState& ui, const KeyPress& press);

/// What a key asked of one frame is over with it.
void end_frame(UiState& ui);

} // namespace keyhole::viz
