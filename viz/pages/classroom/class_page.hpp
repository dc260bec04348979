// The class (key H): students' browsers follow the window, the hall sees the address, and a question about the step
// that is shown goes to every device; its answers come back as bars.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_class_page();

} // namespace keyhole::viz
