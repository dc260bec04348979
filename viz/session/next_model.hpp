// What comes after the step, and what lies inside it: said below the stage, so that nobody gets lost.
#pragma once

#include <string>

#include "core/steps/step_tree.hpp"

namespace keyhole::viz {

struct WhatNext {
    std::string next;   // "next: Round 6 of 16", or that this is the last one; where the key Right leads
    std::string inside; // "inside: Initial permutation"; empty where there is nothing. Where the key Down leads
    bool last = false;  // Right leads nowhere
};

WhatNext what_next(const StepTree& tree, const Node& here);

} // namespace keyhole::viz
