// What all stages of a message share: the strip of stations above, arrows, lists that may be millions of rows long, and
// what is in sight first where the room is low.
#pragma once

#include <optional>

#include "viz/base/row_window.hpp"
#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// Whether there is room for the drawing only: no sizes, and the words go below it.
bool is_low(const StageInput& input);

/// Title, one line of figures or words below it, the stations, each a way there. Returns the foot.
float draw_message_head(const StageInput& input, Canvas& canvas, std::string_view title, std::string_view words);

/// Ends the picture at `foot`, in a low room below the words of its head. After a move the stage is in sight from its
/// head on, in a low room from `drawing` on.
void end_stage(const StageInput& input, Canvas& canvas, float drawing, float foot, std::string_view words);

/// An arrow upwards, downwards or sideways; its head is `head` pixels long.
void draw_arrow(Canvas& canvas, Point from, Point to, Paint paint, float thickness, float head);

/// The rows of a list that are drawn: those that were in sight, or those around `show`.
RowWindow rows_in_sight(const StageInput& input, std::string_view list, std::uint64_t all, std::uint64_t shown,
                        std::optional<std::uint64_t> show);

} // namespace keyhole::viz
