// The person in the middle (key 8): where to listen and where to pass on to, each message with the choice to send,
// alter or drop it, the two fingerprints, and what has passed.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_relay_page();

} // namespace keyhole::viz
