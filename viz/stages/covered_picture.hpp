// The stage of a step that is to be guessed, where its own picture would tell: what it starts from, and a question mark
// for each value that comes of it.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// Its parts: "given.NAME" and "asked.NAME", by the names of the step's values.
Picture covered_picture(const StageInput& input);

/// A step of which nothing is to be seen yet: its title alone, and "unseen", which says why.
Picture unseen_picture(const StageInput& input);

} // namespace keyhole::viz
