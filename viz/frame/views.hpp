// The stages. Each fills the ImGui child window that it is called in.
#pragma once

#include "viz/base/layout_model.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

void draw_message_stage(FrameContext& context);         // the whole way; else the bytes
void draw_bytes_stage(FrameContext& context);           // encode, pad, unpad
void draw_chain_stage(FrameContext& context);           // encrypt, decrypt: the mode's chain of blocks
void remember_chain_block(const FrameContext& context); // so that the chain shows the block that one comes from
void draw_frame_stage(FrameContext& context);           // frame, decode: the JSON line

} // namespace keyhole::viz
