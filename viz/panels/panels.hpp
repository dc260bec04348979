// The panels around the stage, and the stage's own. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

/// Icons, speed, breadcrumb, go-to field.
void draw_transport(FrameContext& context, const Layout& layout);
/// The list below the go-to field.
void draw_search(FrameContext& context, Rect room);
/// The pages; which trace is shown.
void draw_tabs(FrameContext& context);

/// How high the notice is in a window of that width.
float notice_height(const FrameContext& context, std::string_view words, float width);
void draw_notice(FrameContext& context, std::string_view words, Paint paint);

/// The bar for files in the place of the notice, and the list of entries below its field.
float files_height(const FrameContext& context, float width);
void draw_files(FrameContext& context);
void draw_file_list(FrameContext& context, Rect room);

/// The exchange, or the steps.
void draw_left(FrameContext& context);
bool has_sequence(const FrameContext& context);
void draw_sequence(FrameContext& context);
void draw_steps(FrameContext& context);

/// The stage that fits the step; for a step without one of its own, its parts in a table.
void draw_stage(FrameContext& context);

/// Title, source, explanation and values.
void draw_details(FrameContext& context);
void draw_scrubber(FrameContext& context, bool with_labels);
void draw_help(FrameContext& context);

} // namespace keyhole::viz
