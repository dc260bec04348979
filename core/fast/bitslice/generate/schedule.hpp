// The order of a whole round's instructions for a processor with 32 wide registers whose three-input gate overwrites an
// operand and takes two cycles.
#pragma once

#include <cstdint>
#include <vector>

namespace keyhole::bitslice::generate {

/// What a round does: a right bit meets its key bit, gates, an output meets its left bit.
struct Step {
    enum class Kind { entry, gate, leave };

    Kind kind = Kind::gate;
    unsigned box = 0;                // 0 to 7
    std::vector<std::size_t> inputs; // earlier steps
    unsigned function = 0;           // a gate's, as vpternlog has it
    unsigned bit = 0;                // right bit that enters, or left bit that is met
    unsigned slot = 0;               // of the subkey
};

/// The steps in an order of execution. Three boxes at a time are under way, so that one has work where another waits;
/// a step is chosen by how long a way it has to the end of its box, while the registers suffice. `seed` decides the
/// order of the boxes and between equals.
std::vector<Step> scheduled(const std::vector<Step>& steps, std::uint64_t seed);

} // namespace keyhole::bitslice::generate
