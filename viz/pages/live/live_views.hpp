// The parts of the live page that need nothing of its state but what they are given.
#pragma once

#include "viz/frame/field_view.hpp"
#include "viz/frame/frame_context.hpp"
#include "viz/live/live_setup.hpp"

namespace keyhole::viz {

/// What the user asks for: to begin as it is typed, or to go back to the exchange that there is.
struct SetupAsked {
    bool begin = false, leave = false;
};

/// How to begin an exchange.
SetupAsked draw_live_setup(FrameContext& context, ScreenCanvas& canvas, FieldRing& fields, LiveSetup& setup);

/// Where the exchange stands: whether it is connected, whose turn it is, what has arrived. `commands` is what the other
/// end can type while nobody has connected.
void draw_live_state(const FrameContext& context, ScreenCanvas& canvas, const std::vector<std::string>& commands);

/// What an eavesdropper has of it: the lines that were sent, and no text.
void draw_overheard(ScreenCanvas& canvas, const LiveParty& party);

/// The fingerprint, and a row for each who is or was connected. `moved`: another row was chosen, which is scrolled to.
void draw_live_people(FrameContext& context, ScreenCanvas& canvas, bool moved);

} // namespace keyhole::viz
