// The view of the attacks on fewer rounds: their counters as bars that grow, the right one rising.
#pragma once

#include "viz/pages/lab/lab_view.hpp"

namespace keyhole::viz {

std::unique_ptr<LabView> make_break_view();

} // namespace keyhole::viz
