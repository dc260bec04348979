// exchange.csv: step, address, party, name, value; one row per named value, straight from the step tree.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/file.hpp"
#include "core/recording/recording.hpp"

namespace keyhole {

/// How many of a message's blocks are listed with their rounds and S-boxes; of later ones only the block itself is. All
/// rounds are in rounds.csv and sboxes.csv, at a hundredth of the size.
inline constexpr std::uint64_t blocks_listed_in_full = 64;

/// Every row, without the header; returns how many. Empty when `progress`, told of the steps passed and of all there
/// are, stopped it. Throws Error (io).
std::optional<std::uint64_t> write_exchange_csv(
    const Recording& recording, FileWriter& out,
    const std::function<bool(std::uint64_t done, std::uint64_t all)>& progress = {});

/// A spreadsheet takes a cell for a formula that begins with = + - @, a tab or a line end (also the wide forms of East
/// Asian keyboards), and what a peer sends is no lecturer's formula: such a text gets an apostrophe in front, and so
/// does one that has apostrophes before it, so that taking one away is always right.
std::string guarded(std::string_view text);
/// The text that was guarded.
std::string_view unguarded(std::string_view cell);

} // namespace keyhole
