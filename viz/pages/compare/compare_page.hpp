// The comparison's page (key 5): A and B, the bits to flip, the differences of every round and the halves of the chosen
// one.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_compare_page();

} // namespace keyhole::viz
