// Chooses the stage by the kind of step. A new stage is one case here and one in stage_model.
#include "viz/views.hpp"

namespace keyhole::viz {

void draw_stage(View& view) {
    switch (stage_of(view.step.node)) {
        case StageKind::round: return draw_round_stage(view);
        case StageKind::schedule: return draw_schedule_stage(view);
        case StageKind::block: return draw_block_stage(view);
        case StageKind::permutation: return draw_permutation_stage(view);
        case StageKind::parts: return draw_parts_stage(view);
    }
}

} // namespace keyhole::viz
