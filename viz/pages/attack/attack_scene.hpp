// What an eavesdropper has of an exchange, as a scene: client and server, and between them a lifeline on which a copy
// of everything falls; what it cannot have is a question mark until the attack finds it.
#pragma once

#include <span>

#include "viz/pages/attack/attack_work.hpp"
#include "viz/scene/scene.hpp"

namespace keyhole::viz {

/// What an attack has found so far.
struct AttackFound {
    std::optional<Number> exponent, secret; // of the logarithm: a, and B^a
    std::optional<des::Block> key;
    std::span<const OpenedMessage> opened; // with the key

    /// How many things that is.
    std::size_t count() const;
};
AttackFound found_by(const Attack& attack);

/// How many of them show the key: all that it follows from, and itself. 0 where there is none.
std::size_t shows_key(const AttackFound& found);

/// `shown` of what was found is in sight already, in the order in which one follows from the other: a, s, the key, then
/// text by text. There are parameters.
Scene attack_scene(const Recording& recording, const AttackFound& found, std::size_t shown);

/// How the attack stands, in one line: what the eavesdropper lacks, how far the search is, what came of it.
void tell_attack(Scene& scene, const Attack& attack);

} // namespace keyhole::viz
