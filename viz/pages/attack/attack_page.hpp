// The attack's page (key 6): what an eavesdropper has, the search over unknown key bits, the discrete logarithm, the
// times on one axis, and the conversation once the key is there.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_attack_page();

} // namespace keyhole::viz
