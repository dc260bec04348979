// What goes wrong in a key schedule (FIPS 46-3, appendix 1): C and D turned by the wrong counts, PC-1 or PC-2 left out
// or read from the other end, subkeys taken in the wrong order. Every subkey bit is one bit of C0 D0, also where a slip
// was made: so C0 D0 is found from the subkeys alone, and a slip is named where all of them fit it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/des/des.hpp"
#include "core/verify/slips/selection_slip.hpp"

namespace keyhole::verify {

/// The subkeys as they stand there, by number (K1 is the first); absent where none stands.
using SubkeyList = std::array<std::optional<std::uint64_t>, 16>;

/// C0 D0 (56 bits) as subkeys tell it: `told` has a 1 for each bit that they tell.
struct Halves {
    std::uint64_t bits = 0, told = 0;
};

/// From subkeys that were made as they should; empty where they contradict each other.
std::optional<Halves> halves_of(const SubkeyList& subkeys);

/// Subkey `number` (1 to 16) of C0 D0; empty where not all of its bits are told.
std::optional<std::uint64_t> subkey_of(const Halves& halves, unsigned number);

/// Subkeys that were made by a slip, in words, and the C0 D0 that they were made from.
struct ScheduleSlip {
    std::string words;
    Halves halves;
};

/// The slips that explain all of the subkeys, made from these C0 D0 or, where none are known, from any. Fewer than
/// `fewest_rounds` subkeys tell too little.
std::vector<ScheduleSlip> schedule_slips(const SubkeyList& subkeys, std::optional<std::uint64_t> halves);

/// What C0 D0 was made from `key` in place of PC-1.
Causes choice_1_slips(des::Block key, std::uint64_t wrong);

/// What a subkey was made from C and D in place of PC-2; `before` are C and D of the round before.
Causes choice_2_slips(std::uint64_t halves, std::uint64_t before, std::uint64_t wrong);

/// How C or D (28 bits) was made from that of the round before instead of being turned left by `shift`.
Causes rotation_slips(std::uint32_t before, unsigned shift, std::uint32_t wrong);

} // namespace keyhole::verify
