// Whether a step is a part of another one.
#pragma once

#include "core/steps/node.hpp"

namespace keyhole::viz {

/// True where `inner` is `outer` itself, or any step below it.
inline bool lies_in(Node inner, const Node& outer) {
    while (inner.depth() > outer.depth()) inner = inner.parent();
    return inner == outer;
}

} // namespace keyhole::viz
