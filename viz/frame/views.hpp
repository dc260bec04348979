// The panels of the window. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

struct ScheduleModel;

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
void draw_stage(FrameContext& context); // the stage that fits the step
void draw_parts_stage(FrameContext& context);
void draw_schedule_stage(FrameContext& context);
void draw_block_stage(FrameContext& context);       // the ladder
void draw_permutation_stage(FrameContext& context); // ip, swap, fp
/// All sixteen subkeys; `lit` is the key bit that is followed, 0 for none; a cell under the mouse sets it. Returns the
/// foot.
float draw_subkeys(FrameContext& context, const ScheduleModel& schedule, ScreenCanvas& canvas, Rect area,
                   unsigned& lit);
void draw_modexp_stage(FrameContext& context);
void draw_parameters_stage(FrameContext& context);
void draw_handshake_stage(FrameContext& context);
void draw_derive_stage(FrameContext& context);
void draw_details(FrameContext& context); // title, source, values, explanation
void draw_scrubber(FrameContext& context, bool with_labels);
void draw_help(FrameContext& context);

} // namespace keyhole::viz
