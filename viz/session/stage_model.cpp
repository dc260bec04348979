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
    PartsModel view;
    view.owner = tree.child_count(node) > 0 ? node : node.parent();
    view.count = tree.child_count(view.owner);
    const std::uint64_t middle = view.owner == node ? 0 : tree.index(node);
    view.first = middle > most / 2 ? middle - most / 2 : 0;
    if (view.count > most) view.first = std::min(view.first, view.count - most);
    const std::uint64_t end = std::min(view.first + most, view.count);
    for (std::uint64_t i = view.first; i < end; ++i) {
        const Node part = tree.child(view.owner, i);
        const Step step = trace.step(part);
        view.rows.push_back({part, step.title, step.summary, part == node});
    }
    return view;
}

} // namespace keyhole::viz
