// The stage of the public parameters: p and g in full, the checks with a sign and a word each, and the powers of a toy
// group's g as cells that can be counted.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is `parameters` or one of its parts. The numbers are "p" and "g" (in hex "p.group.1"), the questions
/// "check.1", the powers "power.1": g itself.
Picture parameters_picture(const StageInput& input);

} // namespace keyhole::viz
