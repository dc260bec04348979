// Numbers and formulas on a stage: exponents raised, long hex in groups with the changed ones underlined, and long
// numbers folded in the middle until somebody asks for all of them.
#pragma once

#include <string_view>
#include <vector>

#include "viz/base/number_model.hpp"
#include "viz/frame/views.hpp"

namespace keyhole::viz {

/// A formula in which `^{...}` is raised, broken at spaces into lines of at most `width`. Returns the foot.
float screen_formula(ScreenCanvas& canvas, const ImFont* font, ImVec2 at, float width, ImU32 ink,
                     std::string_view formula);
/// Its width when it stands on one line.
float screen_formula_width(const ScreenCanvas& canvas, const ImFont* font, std::string_view formula);

struct ScreenGroupStyle {
    const ImFont* font = nullptr;
    std::size_t most_rows = 0; // more are folded in the middle; at least 3
    bool unfolded = false;
};

float screen_group_line(const ImFont* font);

struct ScreenGroupsDrawn {
    float foot = 0;
    bool fold_clicked = false;
};

/// Groups of hex digits in rows; those of zeros in front are only counted. Changed ones are in full ink and underlined,
/// the others faint; without `changed` all are in full ink.
ScreenGroupsDrawn screen_groups(ScreenCanvas& canvas, const ScreenGroupStyle& style, ImVec2 at, float width,
                                const std::vector<std::string>& groups, const std::vector<bool>& changed);

/// Sets the panel's content height, and, when the cursor moved, scrolls what lies between `from` and `to` into sight.
void finish_stage(FrameContext& context, ImVec2 origin, float foot, float from, float to);

} // namespace keyhole::viz
