// The view of meeting in the middle: both keys of double DES at the price of little more than one.
#pragma once

#include "viz/pages/lab/lab_view.hpp"

namespace keyhole::viz {

std::unique_ptr<LabView> make_meet_view();

} // namespace keyhole::viz
