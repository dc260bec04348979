// Values and words of the steps of the handshake, and of modular exponentiations.
#pragma once

#include "core/steps/step.hpp"
#include "core/steps/trace_values.hpp"

namespace keyhole {

/// Fills in `summary`, `values` and `explanation` of a step whose node is set.
void explain_dh_step(const TraceValues& trace, Step& step);

} // namespace keyhole
