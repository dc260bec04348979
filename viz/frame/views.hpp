// The panels of the window. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

struct ScheduleView;

void draw_transport(View& view, const Layout& layout); // icons, speed, breadcrumb, go-to field
void draw_tabs(View& view);                            // the views; which trace is shown
void draw_breadcrumb(View& view, float width);
/// How high `words` are in lines of at most `width`.
float lines_height(const View& view, std::string_view words, float width);
float notice_height(const View& view, std::string_view words, float width);
void draw_notice(View& view, std::string_view words, ImU32 colour);
/// The bar for files in the place of the notice, and the list of entries below its field.
float files_height(const View& view, float width);
void draw_files(View& view);
void draw_file_list(View& view, Rect room);
void draw_search(View& view, Rect room); // the list below the go-to field
void draw_left(View& view);              // the exchange, or the steps
bool has_sequence(const View& view);
void draw_sequence(View& view);
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
void draw_modexp_stage(View& view);
void draw_parameters_stage(View& view);
void draw_secret_stage(View& view);
void draw_derive_stage(View& view);
void draw_message_stage(View& view);         // the whole way; else the bytes
void draw_bytes_stage(View& view);           // encode, pad, unpad
void draw_chain_stage(View& view);           // encrypt, decrypt: the mode's chain of blocks
void remember_chain_block(const View& view); // so that the chain shows the block that one comes from
void draw_frame_stage(View& view);           // frame, decode: the JSON line
void draw_sbox_stage(View& view, const RoundView& round, Rect area); // in a low window, instead of the round
void draw_sbox_table(View& view, Canvas& canvas, Rect area, unsigned box);
void draw_details(View& view); // title, source, values, explanation
void draw_scrubber(View& view, bool with_labels);
void draw_help(View& view);

} // namespace keyhole::viz
