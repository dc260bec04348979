// Makes the page of a name: the one place of the application that knows every page there is.
#pragma once

#include <memory>

#include "viz/frame/page.hpp"

namespace keyhole::viz {

/// Nothing for the steps, which are no page.
std::unique_ptr<Page> make_page(PageName page);

} // namespace keyhole::viz
