#include "viz/stages/stages.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "viz/stages/block/block_picture.hpp"
#include "viz/stages/block/permutation_picture.hpp"
#include "viz/stages/round/round_picture.hpp"
#include "viz/stages/schedule/schedule_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array stages = {
    Stage{StageKind::round, round_picture, next_round_item},
    Stage{StageKind::schedule, schedule_picture, next_key_bit},
    Stage{StageKind::block, block_picture, next_ladder_item},
    Stage{StageKind::permutation, permutation_picture, next_permutation_item},
};

} // namespace

const Stage* find_stage(StageKind kind) {
    const auto* found = std::ranges::find(stages, kind, &Stage::kind);
    return found == stages.end() ? nullptr : found;
}

} // namespace keyhole::viz
