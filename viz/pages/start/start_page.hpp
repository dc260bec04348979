// The first page: what this is, four ways in, and an exchange of one's own.
#pragma once

#include <memory>

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_start_page();

} // namespace keyhole::viz
