// The stage of a step that has none of its own: what happened in one sentence, and the step's parts, each a way there.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// Its rows are "part.3", counted from 1.
Picture parts_picture(const StageInput& input);

} // namespace keyhole::viz
