// Which stage shows a step.
#pragma once

#include "core/steps/node.hpp"

namespace keyhole::viz {

/// A new stage is a value here, a case in `stage_of`, and a line of the table in viz/stages/stages.cpp.
enum class StageKind {
    round,
    schedule,
    block,
    permutation,
    modexp,
    parameters,
    handshake,
    derive,
    message,
    chain,
    frame
};
inline constexpr std::size_t stage_count = static_cast<std::size_t>(StageKind::frame) + 1;

/// The node is a step, not the root above them.
StageKind stage_of(const Node& node);

} // namespace keyhole::viz
