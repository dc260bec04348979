// blocks.csv as verify keeps it in memory, cut into passes: the blocks of one message in one direction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/modes/modes.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

struct BlockRow {
    std::uint64_t message = 0, block = 0;
    Direction direction = Direction::encrypt;
    std::uint64_t line = 0;
    std::uint64_t key = 0, input = 0, chained = 0, after_ip = 0, preoutput = 0, output = 0;
    unsigned input_bytes = 8;
};

/// What exchange.csv tells of a pass.
struct KnownPass {
    std::uint64_t message = 0;
    Direction direction = Direction::encrypt;
    Mode mode = Mode::ecb;
    des::Block key = 0, iv = 0;
    Bytes input;
};

/// The blocks of one pass.
struct PassBlocks {
    std::size_t first = 0, count = 0; // into BlockFile::blocks
    Mode mode = Mode::ecb;
    des::Block key = 0; // the one that most blocks have
    const KnownPass* known = nullptr;
};

struct BlockFile {
    std::string name;
    std::vector<BlockRow> blocks;
    std::vector<PassBlocks> passes;
};

/// What enters DES in the block behind `row`, where the mode tells: the next counter, what the shift register becomes.
std::uint64_t next_entering(Mode mode, const BlockRow& row);

/// Reads blocks.csv, checks its counters and finds each pass's mode: the known one, else the one that explains most.
/// `known` lists every pass that has blocks, or is empty. A message may be left out where `schedules` lists it.
BlockFile read_blocks(const std::filesystem::path& path, const std::vector<KnownPass>& known,
                      const ScheduleFile* schedules);

} // namespace keyhole::verify
