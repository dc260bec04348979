// The stages. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

struct RoundModel;
struct ScheduleModel;

void draw_round_stage(FrameContext& context);
void draw_schedule_stage(FrameContext& context);
void draw_block_stage(FrameContext& context);       // the ladder
void draw_permutation_stage(FrameContext& context); // ip, swap, fp
/// All sixteen subkeys; `lit` is the key bit that is followed, 0 for none; a cell under the mouse sets it. Returns the
/// foot.
float draw_subkeys(FrameContext& context, const ScheduleModel& schedule, Canvas& canvas, Rect area, unsigned& lit);
void draw_modexp_stage(FrameContext& context);
void draw_parameters_stage(FrameContext& context);
void draw_handshake_stage(FrameContext& context);
void draw_derive_stage(FrameContext& context);
void draw_message_stage(FrameContext& context);         // the whole way; else the bytes
void draw_bytes_stage(FrameContext& context);           // encode, pad, unpad
void draw_chain_stage(FrameContext& context);           // encrypt, decrypt: the mode's chain of blocks
void remember_chain_block(const FrameContext& context); // so that the chain shows the block that one comes from
void draw_frame_stage(FrameContext& context);           // frame, decode: the JSON line
void draw_sbox_stage(FrameContext& context, const RoundModel& round,
                     Rect area); // in a low window, instead of the round
void draw_sbox_table(FrameContext& context, Canvas& canvas, Rect area, unsigned box);

} // namespace keyhole::viz
