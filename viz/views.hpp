// The panels of the window. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/layout_model.hpp"
#include "viz/view.hpp"

namespace keyhole::viz {

struct ScheduleView;

void draw_transport(View& view, const Layout& layout); // icons, speed, breadcrumb, go-to field
void draw_breadcrumb(View& view, float width);
void draw_steps(View& view);
void draw_stage(View& view); // the stage that fits the step
void draw_round_stage(View& view);
void draw_parts_stage(View& view);
void draw_schedule_stage(View& view);
void draw_block_stage(View& view);       // the ladder
void draw_permutation_stage(View& view); // ip, swap, fp
/// All sixteen subkeys; `lit` is the key bit that is followed, 0 for none; a cell under the mouse sets it. Returns the
/// foot.
float draw_subkeys(View& view, const ScheduleView& schedule, Canvas& canvas, Rect area, unsigned& lit);
void draw_sbox_table(View& view, Canvas& canvas, Rect area, unsigned box);
void draw_details(View& view); // title, source, values, explanation
void draw_scrubber(View& view, bool with_labels);
void draw_help(View& view);

} // namespace keyhole::viz
