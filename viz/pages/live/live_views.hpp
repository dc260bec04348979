// The parts of the live page that need nothing of its state but what they are given.
#pragma once

#include "viz/frame/field_view.hpp"
#include "viz/frame/frame_context.hpp"
#include "viz/live/live_setup.hpp"

namespace keyhole::viz {

struct SetupDrawn {
    bool editing = false; // a field has the keyboard
    bool begin = false;   // what the user asks for: to begin as it is typed,
    bool leave = false;   // or to go back to the exchange that there is
};

/// How to begin an exchange.
SetupDrawn draw_live_setup(FrameContext& context, ScreenCanvas& canvas, FieldRing& fields, LiveSetup& setup);

/// The fingerprint, and a row for each who is or was connected. `moved`: another row was chosen: scrolls to it.
void draw_live_people(FrameContext& context, ScreenCanvas& canvas, bool moved);

} // namespace keyhole::viz
