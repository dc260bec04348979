// The panels of the window. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

void draw_transport(FrameContext& context, const Layout& layout); // icons, speed, breadcrumb, go-to field
void draw_tabs(FrameContext& context);                            // the views; which trace is shown
void draw_breadcrumb(FrameContext& context, float width);
/// How high `words` are in lines of at most `width`.
float lines_height(const FrameContext& context, std::string_view words, float width);
float notice_height(const FrameContext& context, std::string_view words, float width);
void draw_notice(FrameContext& context, std::string_view words, ImU32 colour);
/// The bar for files in the place of the notice, and the list of entries below its field.
float files_height(const FrameContext& context, float width);
void draw_files(FrameContext& context);
void draw_file_list(FrameContext& context, Rect room);
void draw_search(FrameContext& context, Rect room); // the list below the go-to field
void draw_left(FrameContext& context);              // the exchange, or the steps
bool has_sequence(const FrameContext& context);
void draw_sequence(FrameContext& context);
void draw_steps(FrameContext& context);
void draw_stage(FrameContext& context);   // the stage that fits the step
void draw_details(FrameContext& context); // title, source, values, explanation
void draw_scrubber(FrameContext& context, bool with_labels);
void draw_help(FrameContext& context);

} // namespace keyhole::viz
