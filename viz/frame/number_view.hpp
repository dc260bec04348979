// Formulas on a panel: exponents raised, broken into lines between words.
#pragma once

#include <string_view>

#include "viz/draw/canvas.hpp"

namespace keyhole::viz {

/// A formula in which `^{...}` is raised, broken at spaces into lines of at most `width`. Returns the foot.
float screen_formula(ScreenCanvas& canvas, const ImFont* font, ImVec2 at, float width, ImU32 ink,
                     std::string_view formula);
/// Its width when it stands on one line.
float screen_formula_width(const ScreenCanvas& canvas, const ImFont* font, std::string_view formula);

} // namespace keyhole::viz
