// Chooses the stage by the kind of step. A new stage is one case here and one in stage_model.
#include "viz/frame/views.hpp"

namespace keyhole::viz {

void draw_stage(View& view) {
    remember_chain_block(view);
    switch (stage_of(view.step.node)) {
        case StageKind::round: return draw_round_stage(view);
        case StageKind::modexp: return draw_modexp_stage(view);
        case StageKind::parameters: return draw_parameters_stage(view);
        case StageKind::secret: return draw_secret_stage(view);
        case StageKind::derive: return draw_derive_stage(view);
        case StageKind::schedule: return draw_schedule_stage(view);
        case StageKind::block: return draw_block_stage(view);
        case StageKind::permutation: return draw_permutation_stage(view);
        case StageKind::message: return draw_message_stage(view);
        case StageKind::chain: return draw_chain_stage(view);
        case StageKind::frame: return draw_frame_stage(view);
        case StageKind::parts: return draw_parts_stage(view);
    }
}

} // namespace keyhole::viz
