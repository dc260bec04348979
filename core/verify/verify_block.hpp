// One block with its rounds and S-boxes, as the files have it, and the rules that hold in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/des/des.hpp"
#include "core/verify/cells/rules.hpp"
#include "core/verify/verify_blocks.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

struct SboxRow {
    std::uint64_t line = 0;
    std::uint64_t input = 0, row = 0, column = 0, output = 0;
};

struct RoundRow {
    std::uint64_t line = 0;
    std::array<std::uint64_t, 9> values{}; // left_in .. right_out, as in the header
    std::array<SboxRow, 8> boxes{};
};

/// All that there is of one block.
struct BlockRows {
    std::uint64_t message = 0, block = 0;
    Direction direction = Direction::encrypt;
    std::vector<RoundRow> rounds;
};

/// Where a block stands and which files tell of it.
struct BlockContext {
    const std::string* blocks_file = nullptr;
    const std::string* rounds_file = nullptr; // nullptr: the file is not there
    const std::string* sboxes_file = nullptr;
    const BlockRow* row = nullptr;      // nullptr without blocks.csv
    const BlockRow* previous = nullptr; // the block before in the same pass
    const PassBlocks* pass = nullptr;
    std::uint64_t blocks_in_pass = 0;
    const ScheduleRows* schedule = nullptr; // checked rows of keyschedule.csv
    std::optional<des::KeySchedule> voted;  // what the subkeys of this message agree on, without other sources
    bool forwards = true;                   // subkeys in the order of encryption
};

/// Builds the rules of one block and throws the WrongCell when one is violated. `rules` is only lent for its memory.
void check_block(const BlockContext& context, const BlockRows& rows, Rules& rules);

} // namespace keyhole::verify
