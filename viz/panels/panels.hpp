// The panels around the stage, and the stage's own. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"
#include "viz/frame/page.hpp"

namespace keyhole::viz {

/// Icons, speed, breadcrumb, go-to field.
void draw_transport(FrameContext& context, const Layout& layout);
/// The list below the go-to field.
void draw_search(FrameContext& context, Rect room);
/// The pages; which trace is shown.
void draw_tabs(FrameContext& context);

/// The pages and viewers once more, for a window that has no room for their tabs.
void draw_page_list(FrameContext& context);

/// That what is shown is no DES: how wide that mark is, 0 for none, and the mark itself.
float mark_width(const FrameContext& context, std::string_view mark);
void draw_mark(const FrameContext& context, std::string_view mark, Rect rect);

/// What is kept of the stage or zoomed into, and how to let go of it, at the left end of the room. Returns its width.
float draw_chip(FrameContext& context, Rect room);
/// What comes next and what lies inside.
void draw_next(FrameContext& context, const Layout& layout);

/// How high the strip of a page's keys is in a room of that width; 0 where it has none.
float actions_height(const FrameContext& context, std::span<const PageAction> actions, float width);
void draw_actions(FrameContext& context, std::span<const PageAction> actions, Rect room);

/// How high the notice is in a window of that width.
float notice_height(const FrameContext& context, std::string_view words, float width);
void draw_notice(FrameContext& context, std::string_view words, Paint paint);

/// The bar for files in the place of the notice, and the list of entries below its field.
float files_height(const FrameContext& context, float width);
void draw_files(FrameContext& context);
void draw_file_list(FrameContext& context, Rect room);

/// The exchange, or the steps.
void draw_left(FrameContext& context);
/// The lesson that is open takes the place of the step's words where its own has no room. False: nothing was drawn.
bool draw_lesson_in_details(FrameContext& context, const Layout& layout);
/// Says once which key shows the lesson that is open, where the layout has no room for it.
void tell_of_lesson(FrameContext& context, const Layout& layout);
bool has_sequence(const FrameContext& context);
void draw_sequence(FrameContext& context);
void draw_steps(FrameContext& context);

/// The stage that fits the step; for a step without one of its own, its parts in a table.
void draw_stage(FrameContext& context);

/// The menus of the right mouse button: of the value that was drawn last, and of the panel that is being drawn.
void draw_value_menu(FrameContext& context, const Value& value);
void draw_step_menu(FrameContext& context);

/// Title, source, explanation and values.
void draw_details(FrameContext& context);
void draw_scrubber(FrameContext& context, bool with_labels);
void draw_help(FrameContext& context);

} // namespace keyhole::viz
