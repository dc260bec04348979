// The lab (key J): DES changed on purpose and looked into, in several views of one page.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_lab_page();

} // namespace keyhole::viz
