#include "core/steps/curtain.hpp"

namespace keyhole {

Covered covered(const StepTree& tree, const Curtain& curtain, const Node& node) {
    if (node == curtain.at) return curtain.step ? Covered::result : Covered::nothing;
    Node above = curtain.at;
    while (above.depth() > node.depth()) above = above.parent();
    if (above == node) return Covered::result;
    if (!tree.contains(node)) return Covered::nothing;
    // A trace as somebody sees it may lack the place: then all that is left of what it was a part of is later.
    Node at = curtain.at;
    while (at.depth() > 0 && !tree.contains(at)) at = at.parent();
    return at.depth() == 0 || tree.number(node) > tree.number(at) ? Covered::all : Covered::nothing;
}

} // namespace keyhole
