// keyschedule.csv and blocks.csv as verify keeps them in memory: the schedules by message, the blocks in order.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "core/des/des.hpp"
#include "core/modes/modes.hpp"
#include "core/verify/verify_rules.hpp"

namespace keyhole::verify {

/// "message 1, encrypt, block 2, round 5, box 3"; what is not there is left out.
std::string place_text(std::uint64_t message, std::optional<Direction> direction, const Place& place);

/// Throws the WrongCell when a rule is violated.
void throw_suspect(const Rules& rules, std::uint64_t message, std::optional<Direction> direction);

struct ScheduleRow {
    std::uint64_t line = 0;
    std::uint32_t c = 0, d = 0;
    std::uint64_t subkey = 0;
};

/// One message's rows, from round 0 on; fewer than 17 in hand-made files.
using ScheduleRows = std::vector<ScheduleRow>;

struct ScheduleFile {
    std::string name;
    std::uint64_t rows = 0;
    std::map<std::uint64_t, ScheduleRows> messages;
};

/// Reads keyschedule.csv and checks it in itself. Throws WrongCell.
ScheduleFile check_schedules(const std::filesystem::path& path);

struct BlockRow {
    std::uint64_t message = 0, block = 0;
    Direction direction = Direction::encrypt;
    std::uint64_t line = 0;
    std::uint64_t key = 0, input = 0, chained = 0, after_ip = 0, preoutput = 0, output = 0;
    unsigned input_bytes = 8;
};

/// What exchange.csv tells of a message's stage.
struct KnownStage {
    std::uint64_t message = 0;
    Direction direction = Direction::encrypt;
    Mode mode = Mode::ecb;
    des::Block key = 0, iv = 0;
    Bytes input;
};

/// The blocks of one message's one stage.
struct StageBlocks {
    std::size_t first = 0, count = 0; // into BlockFile::blocks
    Mode mode = Mode::ecb;
    des::Block key = 0; // the one that most blocks have
    const KnownStage* known = nullptr;
};

struct BlockFile {
    std::string name;
    std::vector<BlockRow> blocks;
    std::vector<StageBlocks> directions;
};

/// Reads blocks.csv, checks its counters and finds each stage's mode: the known one, else the one that explains most.
/// `known` lists every stage that has blocks, or is empty. A message may be left out where `schedules` lists it.
BlockFile read_blocks(const std::filesystem::path& path, const std::vector<KnownStage>& known,
                      const ScheduleFile* schedules);

} // namespace keyhole::verify
