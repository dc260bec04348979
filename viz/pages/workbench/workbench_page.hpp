// The workbench's page (key 4): key, message and settings on the left, what they give on the right, and the
// exponentiation.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_workbench_page();

} // namespace keyhole::viz
