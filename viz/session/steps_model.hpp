// The list of steps around the cursor: the tree with the path to the current step opened, each level cut to what lies
// near the path. It costs the same for a message of one block and of a million.
#pragma once

#include <string>
#include <vector>

#include "core/steps/step_tree.hpp"

namespace keyhole::viz {

struct StepRow {
    Node node;              // where a click goes
    std::size_t depth = 0;  // 0 for the steps at the top
    std::string title;      // for a gap: how many steps of that level are left out
    bool current = false;   // the step itself
    bool on_path = false;   // the step or one that it is a part of
    bool has_parts = false; // can be gone into
    bool gap = false;
};

/// `radius` steps of each level are kept on either side of the path.
std::vector<StepRow> step_rows(const StepTree& tree, const Node& current, std::uint64_t radius = 20);

} // namespace keyhole::viz
