// The live exchange's page (key 7): whose turn it is, what has arrived, what was said, who is connected, and how to
// begin.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_live_page();

} // namespace keyhole::viz
