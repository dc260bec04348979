#include "viz/stages/stages.hpp"

#include <array>

#include "viz/stages/block/block_picture.hpp"
#include "viz/stages/block/permutation_picture.hpp"
#include "viz/stages/chain/chain_picture.hpp"
#include "viz/stages/frame/frame_picture.hpp"
#include "viz/stages/handshake/derive_picture.hpp"
#include "viz/stages/handshake/handshake_picture.hpp"
#include "viz/stages/handshake/parameters_picture.hpp"
#include "viz/stages/message/bytes_picture.hpp"
#include "viz/stages/message/message_picture.hpp"
#include "viz/stages/modexp/modexp_picture.hpp"
#include "viz/stages/round/round_picture.hpp"
#include "viz/stages/schedule/schedule_picture.hpp"

namespace keyhole::viz {
namespace {

// In the order of StageKind.
constexpr std::array stages = {
    Stage{StageKind::round, round_picture, next_round_item, name_of_round_item, zoom_of_round, true},
    Stage{StageKind::schedule, schedule_picture, next_in_ring<64>, name_of_key_bit, zoom_of_schedule},
    Stage{StageKind::block, block_picture, next_on_ladder},
    Stage{StageKind::permutation, permutation_picture, next_in_ring<64>, name_of_bit, nullptr, true},
    Stage{StageKind::modexp, modexp_picture},
    Stage{StageKind::parameters, parameters_picture},
    Stage{StageKind::handshake, handshake_picture},
    Stage{StageKind::derive, derive_picture},
    Stage{StageKind::message, message_picture, next_character},
    Stage{StageKind::chain, chain_picture, nullptr, nullptr, zoom_of_chain},
    Stage{StageKind::frame, frame_picture, next_frame_item},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (stages[i].kind != static_cast<StageKind>(i)) return false;
    }
    return true;
}
static_assert(stages.size() == stage_count && in_order(), "each kind of stage has its line");

} // namespace

const Stage& stage(StageKind kind) { return stages[static_cast<std::size_t>(kind)]; }

} // namespace keyhole::viz
