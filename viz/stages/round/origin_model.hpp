// Which bits of a round belong together, in words: those of the current step, or those that the followed bit is made
// of and goes into.
#pragma once

#include <string>
#include <vector>

#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

struct OriginRow {
    std::string label; // "R₄"; "⊕" for the sum with the subkey
    std::string words; // "bits 8 to 13"; of a subkey also the key's own bits
    Meaning meaning = Meaning::plain;
};

/// One row for each lane of which the set holds some bits, from the top of the stage to its foot; none when it holds a
/// whole lane, because then nothing is singled out.
std::vector<OriginRow> origin_rows(const RoundModel& round, const CellSet& lit);

/// The bit of the key (1 to 64) that bit `position` (1 to 48) of the subkey is, in round `subkey` (1 to 16) of DES's
/// key schedule; in a variant that turns nothing, all of them are as if before round 1.
unsigned key_bit_of(unsigned subkey, unsigned position, bool has_shifts = true);

} // namespace keyhole::viz
