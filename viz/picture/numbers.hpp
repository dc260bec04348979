// Numbers and formulas in a picture: exponents raised, long hex in groups with the changed ones underlined, and long
// numbers folded in the middle until somebody asks for all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// A formula in which `^{...}` is raised, broken at spaces into lines of at most `width`. Returns the foot.
float draw_formula(Canvas& canvas, FontRole font, Point at, float width, Paint paint, std::string_view formula);
/// How high it would be.
float formula_height(const Canvas& canvas, FontRole font, float width, std::string_view formula);
/// Its width when it stands on one line.
float formula_width(const Canvas& canvas, FontRole font, std::string_view formula);

/// A long number: how it is called in the picture, and how much of it is shown.
struct GroupStyle {
    std::string id; // its groups are "p.group.1", the line that folds it is "p.fold"
    FontRole font = FontRole::figures_small;
    std::size_t most_rows = 0; // more are folded in the middle; at least 3
    std::string toggle;        // the switch that unfolds it
};

float group_line(const Canvas& canvas, FontRole font);

/// Groups of hex digits in rows; those of zeros in front are only counted. Changed ones are in full ink and underlined,
/// the others faint; without `changed` all are in full ink. Returns the foot.
float draw_groups(Canvas& canvas, const StageState& state, const GroupStyle& style, Point at, float width,
                  const std::vector<std::string>& groups, const std::vector<bool>& changed = {});

} // namespace keyhole::viz
