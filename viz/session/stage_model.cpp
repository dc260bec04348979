#include "viz/session/stage_model.hpp"

#include <algorithm>

namespace keyhole::viz {

StageKind stage_of(const Node& node) {
    if (node.within(Kind::round)) return StageKind::round;
    if (node.within(Kind::schedule)) return StageKind::schedule;
    if (node.kind() == Kind::block) return StageKind::block;
    if (node.within(Kind::block)) return StageKind::permutation;
    switch (node.kind()) {
        case Kind::public_key:
        case Kind::shared:
        case Kind::modexp:
        case Kind::bit: return StageKind::modexp;
        case Kind::parameters:
        case Kind::choose:
        case Kind::check: return StageKind::parameters;
        case Kind::connect:
        case Kind::keys:
        case Kind::private_key:
        case Kind::secret: return StageKind::handshake;
        case Kind::derive: return StageKind::derive;
        case Kind::message:
        case Kind::encode:
        case Kind::pad:
        case Kind::unpad: return StageKind::message;
        case Kind::encrypt:
        case Kind::decrypt: return StageKind::chain;
        case Kind::frame:
        case Kind::decode: return StageKind::frame;
        default: return StageKind::parts;
    }
}

PartsModel make_parts_model(const Trace& trace, const Node& node, std::uint64_t most) {
    const StepTree& tree = trace.tree();
    PartsModel model;
    model.owner = tree.child_count(node) > 0 ? node : node.parent();
    model.count = tree.child_count(model.owner);
    const std::uint64_t middle = model.owner == node ? 0 : tree.index(node);
    model.first = middle > most / 2 ? middle - most / 2 : 0;
    if (model.count > most) model.first = std::min(model.first, model.count - most);
    const std::uint64_t end = std::min(model.first + most, model.count);
    for (std::uint64_t i = model.first; i < end; ++i) {
        const Node part = tree.child(model.owner, i);
        const Step step = trace.step(part);
        model.rows.push_back({part, step.title, step.summary, part == node});
    }
    return model;
}

} // namespace keyhole::viz
