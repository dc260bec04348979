// What of a trace stays covered while somebody is to guess: what the steps from one place on give.
#pragma once

#include "core/steps/step_tree.hpp"

namespace keyhole {

/// It hangs before what happens after the step `at`, and before what that step gives until it is uncovered.
struct Curtain {
    Node at;
    bool step = true; // what the step itself gives is covered too

    bool operator==(const Curtain&) const = default;
};

/// How much of a step is covered: what it gives, or all of it, because what it starts from comes from covered steps.
enum class Covered { nothing, result, all };

/// A step that the place is a part of has begun, and what it gives is still to come. The tree need not have the place:
/// it may be that of somebody who sees less.
Covered covered(const StepTree& tree, const Curtain& curtain, const Node& node);

} // namespace keyhole
