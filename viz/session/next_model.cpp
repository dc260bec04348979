#include "viz/session/next_model.hpp"

#include "core/steps/step_kinds.hpp"

namespace keyhole::viz {

WhatNext what_next(const StepTree& tree, const Node& here) {
    WhatNext out;
    const unsigned rounds = tree.recording().variant.rounds;
    const bool parts = tree.child_count(here) > 0;
    if (parts) out.inside = "inside: " + title(tree.child(here, 0), rounds);
    const std::optional<Node> next = tree.next_over(here);
    if (!next) {
        out.last = true;
        out.next = std::string("the last step on this level") + (parts ? ": Down goes inside" : "") +
                   (here.depth() == 1 ? ""
                    : parts           ? ", Up goes out"
                                      : ": Up goes out");
    } else {
        out.next = (next->depth() < here.depth() ? "next, further out: " : "next: ") + title(*next, rounds);
    }
    return out;
}

} // namespace keyhole::viz
