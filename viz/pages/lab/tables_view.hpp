// The view of the boxes' tables: heat maps whose cells open the inputs that make them, and the design criteria.
#pragma once

#include "viz/pages/lab/lab_view.hpp"

namespace keyhole::viz {

std::unique_ptr<LabView> make_tables_view();

} // namespace keyhole::viz
