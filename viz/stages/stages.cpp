#include "viz/stages/stages.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "viz/stages/round/round_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array stages = {
    Stage{StageKind::round, round_picture, next_round_item},
};

} // namespace

const Stage* find_stage(StageKind kind) {
    const auto* found = std::ranges::find(stages, kind, &Stage::kind);
    return found == stages.end() ? nullptr : found;
}

} // namespace keyhole::viz
