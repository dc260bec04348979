// Values and words of the steps of DES: the key schedule, and a block with everything below it.
#pragma once

#include "core/steps/step.hpp"
#include "core/steps/trace_values.hpp"

namespace keyhole {

/// Fills in `summary`, `values` and `explanation` of a step whose node is set.
void explain_des_step(const TraceValues& trace, Step& step);

} // namespace keyhole
