#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

StageKind stage_of(const Node& node) {
    switch (node.kind()) {
        case Kind::root:
        case Kind::connect:
        case Kind::keys:
        case Kind::private_key:
        case Kind::secret: return StageKind::handshake;
        case Kind::parameters:
        case Kind::choose:
        case Kind::check: return StageKind::parameters;
        case Kind::public_key:
        case Kind::shared:
        case Kind::modexp:
        case Kind::bit: return StageKind::modexp;
        case Kind::derive: return StageKind::derive;
        case Kind::schedule:
        case Kind::schedule_round: return StageKind::schedule;
        case Kind::message:
        case Kind::encode:
        case Kind::pad:
        case Kind::unpad: return StageKind::message;
        case Kind::encrypt:
        case Kind::decrypt: return StageKind::chain;
        case Kind::frame:
        case Kind::decode: return StageKind::frame;
        case Kind::block: return StageKind::block;
        case Kind::ip:
        case Kind::swap:
        case Kind::fp: return StageKind::permutation;
        case Kind::round:
        case Kind::expand:
        case Kind::mix:
        case Kind::sbox:
        case Kind::permute:
        case Kind::join: break;
    }
    return StageKind::round;
}

} // namespace keyhole::viz
