// Practice (key 9): questions about the step at which the cursor stands, typed or clicked answers, the rule after the
// first miss, and then the value, the words and the stage of the step.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_practice_page();

} // namespace keyhole::viz
