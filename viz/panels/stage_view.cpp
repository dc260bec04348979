// Chooses the stage by the kind of step. A new stage is one case here and one in stage_model.
#include "viz/frame/views.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {

void draw_stage(FrameContext& context) {
    remember_chain_block(context);
    switch (stage_of(context.step.node)) {
        case StageKind::round: return draw_round_stage(context);
        case StageKind::modexp: return draw_modexp_stage(context);
        case StageKind::parameters: return draw_parameters_stage(context);
        case StageKind::handshake: return draw_handshake_stage(context);
        case StageKind::derive: return draw_derive_stage(context);
        case StageKind::schedule: return draw_schedule_stage(context);
        case StageKind::block: return draw_block_stage(context);
        case StageKind::permutation: return draw_permutation_stage(context);
        case StageKind::message: return draw_message_stage(context);
        case StageKind::chain: return draw_chain_stage(context);
        case StageKind::frame: return draw_frame_stage(context);
        case StageKind::parts: return draw_parts_stage(context);
    }
}

} // namespace keyhole::viz
