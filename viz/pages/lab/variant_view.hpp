// The view of variants: what of DES is changed, by clicking or as a list, and what the change does, beside DES.
#pragma once

#include "viz/pages/lab/lab_view.hpp"

namespace keyhole::viz {

std::unique_ptr<LabView> make_variant_view();

} // namespace keyhole::viz
