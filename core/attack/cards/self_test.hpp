// Before a card is trusted it has to find keys that are known: in every lane, by chance everywhere else, and for each
// target, by the very kernel that is to search. A key that a card tells falsely is refused by the classroom's DES
// later; one that it does not see would be lost.
#pragma once

#include <functional>

#include "core/attack/cards/card_program.hpp"

namespace keyhole::cards {

/// Throws Error (io) where a key is missed, or whatever a launch throws. `stopped` is asked between launches; true ends
/// it early. A gate that is wrong for one input of one box in every round escapes once in 10^8 times.
void self_test(CardProgram& program, const KernelLayout& layout, const std::function<bool()>& stopped);

} // namespace keyhole::cards
