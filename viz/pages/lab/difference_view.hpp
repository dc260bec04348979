// The view of characteristics: a difference on its way through the rounds, the chances beside what was measured.
#pragma once

#include "viz/pages/lab/lab_view.hpp"

namespace keyhole::viz {

std::unique_ptr<LabView> make_difference_view();

} // namespace keyhole::viz
