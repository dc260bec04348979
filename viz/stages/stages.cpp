#include "viz/stages/stages.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "viz/stages/message/bytes_picture.hpp"
#include "viz/stages/message/chain_picture.hpp"
#include "viz/stages/message/frame_picture.hpp"
#include "viz/stages/message/message_picture.hpp"
#include "viz/stages/round/round_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array stages = {
    Stage{StageKind::round, round_picture, next_round_item},
    Stage{StageKind::message, message_picture, next_character},
    Stage{StageKind::chain, chain_picture},
    Stage{StageKind::frame, frame_picture, next_frame_item},
};

} // namespace

const Stage* find_stage(StageKind kind) {
    const auto* found = std::ranges::find(stages, kind, &Stage::kind);
    return found == stages.end() ? nullptr : found;
}

} // namespace keyhole::viz
