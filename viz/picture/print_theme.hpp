// The theme for paper: white, thin lines, no fills that eat toner. Figures and pages have it, the window does not.
#pragma once

#include "viz/picture/theme.hpp"

namespace keyhole::viz {

/// Called "print".
const Theme& print_theme();

/// Whether fills are to be left out: a 1 has a strong frame then, and a box an outline.
bool is_for_paper(const Theme& theme);

} // namespace keyhole::viz
