// The colours of the themes as style rules of a page: variables for light, dark, projector and paper, and the classes
// that figures use (paper/svg/svg_element.hpp).
#pragma once

#include <string>

namespace keyhole::paper {

std::string theme_rules();

} // namespace keyhole::paper
