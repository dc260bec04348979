#include "viz/stages/stages.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "viz/stages/handshake/derive_picture.hpp"
#include "viz/stages/handshake/handshake_picture.hpp"
#include "viz/stages/handshake/parameters_picture.hpp"
#include "viz/stages/modexp/modexp_picture.hpp"
#include "viz/stages/parts/parts_picture.hpp"
#include "viz/stages/round/round_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array stages = {
    Stage{StageKind::parts, parts_picture},         Stage{StageKind::parameters, parameters_picture},
    Stage{StageKind::handshake, handshake_picture}, Stage{StageKind::modexp, modexp_picture},
    Stage{StageKind::derive, derive_picture},       Stage{StageKind::round, round_picture, next_round_item},
};

} // namespace

const Stage* find_stage(StageKind kind) {
    const auto* found = std::ranges::find(stages, kind, &Stage::kind);
    return found == stages.end() ? nullptr : found;
}

} // namespace keyhole::viz
