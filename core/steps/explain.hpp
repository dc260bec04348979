// Private to core: who fills in which steps of a trace. Each function sets `summary`, `values` and `explanation`.
#pragma once

#include "core/steps/trace.hpp"

namespace keyhole {

void explain_des_step(const Trace& trace, Step& step);     // from a block down, and the key schedule
void explain_dh_step(const Trace& trace, Step& step);      // connect, parameters, keys, secret, modexp
void explain_message_step(const Trace& trace, Step& step); // a message and its stages

} // namespace keyhole
