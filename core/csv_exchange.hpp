// exchange.csv: step, address, party, name, value; one row per named value, straight from the step tree.
#pragma once

#include "core/file.hpp"
#include "core/recording.hpp"

namespace keyhole {

/// The inside of a block (its rounds and their parts) is listed for a message's first blocks only: rounds.csv and
/// sboxes.csv hold all of them, at a hundredth of the size.
inline constexpr std::uint64_t blocks_listed_in_full = 64;

/// The header and every row. Throws Error (io).
void write_exchange_csv(const Recording& recording, FileWriter& out);

} // namespace keyhole
