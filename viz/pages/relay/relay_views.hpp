// The parts of the relay's page that need nothing of its state but what they are given.
#pragma once

#include "viz/frame/frame_context.hpp"
#include "viz/relay/flip_model.hpp"
#include "viz/relay/relay_state.hpp"

namespace keyhole::viz {

/// A key that chooses the bit: arrows, and I for the IV. True: used.
bool press_flip(const KeyPress& press, FlipChoice& choice);

/// Which bit is turned, and why it could not be. True when the button `words` was clicked.
bool draw_flip(FrameContext& context, ScreenCanvas& canvas, FlipChoice& choice, const std::string& fault,
               const char* words);

/// What has passed, a line each.
void draw_relay_notes(ScreenCanvas& canvas, const RelayState& state);

} // namespace keyhole::viz
