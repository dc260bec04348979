// The view of cones: one bit, and on which bits before it depends and which after depend on it, by the wiring and here.
#pragma once

#include "viz/pages/lab/lab_view.hpp"

namespace keyhole::viz {

std::unique_ptr<LabView> make_cone_view();

} // namespace keyhole::viz
