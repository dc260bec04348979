// The rows of blocks.csv, rounds.csv, sboxes.csv and keyschedule.csv.
#pragma once

#include <string>

#include "core/base/file.hpp"
#include "core/csv/csv_row.hpp"
#include "core/modes/modes.hpp"

namespace keyhole::csv {

struct DesFiles {
    FileWriter& blocks;
    FileWriter& rounds;
    FileWriter& sboxes;
};

inline constexpr std::uint64_t blocks_at_once = 512;

/// A row of the block, and of each round and each of its boxes.
constexpr std::uint64_t rows_of_a_block(const des::Variant& variant) {
    return std::uint64_t{1} + variant.rounds + std::uint64_t{8} * variant.rounds;
}

/// `count` (at most blocks_at_once) blocks of a pass of message `message`, from number `first` on: for each one row,
/// a row a round and eight rows a round.
void write_blocks(DesFiles files, std::uint64_t message, const Pass& pass, std::uint64_t first, std::uint64_t count);

/// Rounds 0 to 16 of a message's key schedule; returns how many rows that are.
std::uint64_t write_schedule(FileWriter& out, std::uint64_t message, const des::KeySchedule& schedule);

/// Row `round` (0 to 16) of it, with its line end.
std::string schedule_row(std::uint64_t message, unsigned round, const des::KeySchedule& schedule);

/// The rows of one block of a pass as they stand in the three files, with their line ends.
struct BlockRows {
    std::string blocks, rounds, sboxes; // in DES 1, 16 and 128 rows
};
BlockRows block_rows(std::uint64_t message, const Pass& pass, std::uint64_t number);

} // namespace keyhole::csv
