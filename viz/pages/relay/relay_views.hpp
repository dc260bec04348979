// The parts of the relay's page that need nothing of its state but what they are given.
#pragma once

#include "viz/frame/frame_context.hpp"
#include "viz/relay/flip_model.hpp"
#include "viz/relay/relay_state.hpp"

namespace keyhole::viz {

/// A key that chooses the bit: arrows, and I for the IV. True: used.
bool press_flip(const KeyPress& press, FlipChoice& choice);

/// Which bit is turned. True when the button `words` was clicked.
bool draw_flip(FrameContext& context, ScreenCanvas& canvas, FlipChoice& choice, const char* words);

/// What has passed, a line each.
void draw_relay_notes(FrameContext& context, const RelayState& state);

} // namespace keyhole::viz
