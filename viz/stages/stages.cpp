#include "viz/stages/stages.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "viz/stages/block/block_picture.hpp"
#include "viz/stages/block/permutation_picture.hpp"
#include "viz/stages/handshake/derive_picture.hpp"
#include "viz/stages/handshake/handshake_picture.hpp"
#include "viz/stages/handshake/parameters_picture.hpp"
#include "viz/stages/message/bytes_picture.hpp"
#include "viz/stages/message/chain_picture.hpp"
#include "viz/stages/message/frame_picture.hpp"
#include "viz/stages/message/message_picture.hpp"
#include "viz/stages/modexp/modexp_picture.hpp"
#include "viz/stages/parts/parts_picture.hpp"
#include "viz/stages/round/round_picture.hpp"
#include "viz/stages/schedule/schedule_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array stages = {
    Stage{StageKind::block, block_picture, next_ladder_item},
    Stage{StageKind::chain, chain_picture},
    Stage{StageKind::derive, derive_picture},
    Stage{StageKind::frame, frame_picture, next_frame_item},
    Stage{StageKind::handshake, handshake_picture},
    Stage{StageKind::message, message_picture, next_character},
    Stage{StageKind::modexp, modexp_picture},
    Stage{StageKind::parameters, parameters_picture},
    Stage{StageKind::parts, parts_picture},
    Stage{StageKind::permutation, permutation_picture, next_permutation_item},
    Stage{StageKind::round, round_picture, next_round_item},
    Stage{StageKind::schedule, schedule_picture, next_key_bit},
};

} // namespace

const Stage* find_stage(StageKind kind) {
    const auto* found = std::ranges::find(stages, kind, &Stage::kind);
    return found == stages.end() ? nullptr : found;
}

} // namespace keyhole::viz
