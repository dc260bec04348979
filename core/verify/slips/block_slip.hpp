// What goes wrong around the sixteen rounds: chaining, IP, the swap of the halves at the end, IP^-1 (FIPS 46-3,
// "Enciphering"; FIPS 81).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/modes/modes.hpp"
#include "core/verify/slips/selection_slip.hpp"
#include "core/verify/slips/standard.hpp"

namespace keyhole::verify {

/// What is known of a block, and of the one before it.
struct BlockSight {
    std::optional<std::uint64_t> input, chained, after_ip, preoutput, output;
    std::optional<std::uint64_t> input_before, chained_before;
    std::optional<std::uint64_t> iv;          // of its message
    std::optional<std::uint64_t> left, right; // L16 and R16
    std::optional<std::uint64_t> made_back{}; // the preoutput by the subkeys in the opposite order
    bool first = false;                       // of its message
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    const des::Variant* variant = &standard;
};

/// How the wrong value in that column of blocks.csv came about.
Causes block_slips(std::string_view column, const BlockSight& block);

/// How a wrong half that enters round 1 came about: `other` is what the other half should be.
Causes first_half_slips(bool is_left, std::uint64_t wrong, const BlockSight& block);

} // namespace keyhole::verify
