// blocks.csv as verify keeps it in memory, cut into passes: the blocks of one message in one direction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/modes/modes.hpp"
#include "core/verify/cells/wrong_cell.hpp"
#include "core/verify/exchange/known_pass.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

struct BlockRow {
    std::uint64_t message = 0, block = 0;
    Direction direction = Direction::encrypt;
    std::uint64_t line = 0;
    std::optional<std::uint64_t> key, input, chained, after_ip, preoutput, output;
    unsigned input_bytes = 8; // as it is written: zeros may be lost
    bool has_ip = true;       // false in a variant without IP and its inverse

    /// The block that enters IP, and the one that leaves IP^-1, by whichever column tells it.
    std::optional<des::Block> entering() const;
    std::optional<des::Block> leaving() const;
};

/// The blocks of one pass.
struct PassBlocks {
    std::size_t first = 0, count = 0; // into BlockFile::blocks
    Mode mode = Mode::ecb;
    std::optional<des::Block> key{}; // the one that most blocks have
    std::optional<des::Block> iv{};  // the known one, else what the first block was chained with
    const KnownPass* known = nullptr;
};

struct BlockFile {
    CheckedFile file;
    std::vector<BlockRow> blocks;
    std::vector<PassBlocks> passes;
};

/// What enters DES in the block behind `row` where the mode makes a key stream: the next counter, what the shift
/// register becomes. Empty where the columns that it takes are missing.
std::optional<std::uint64_t> next_entering(Mode mode, const BlockRow& row);

/// Reads blocks.csv, checks its counters and finds each pass's mode: the known one, else the one that explains most.
/// `known` lists every pass that has blocks, or is empty. A message may be left out where `schedules` lists it.
BlockFile read_blocks(const std::filesystem::path& path, const std::vector<KnownPass>& known,
                      const ScheduleFile* schedules, const des::Variant& variant);

} // namespace keyhole::verify
