// One block with its rounds and S-boxes, as the files have it, and the rules that hold in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/des/des.hpp"
#include "core/verify/cells/rules.hpp"
#include "core/verify/cells/table.hpp"
#include "core/verify/verify_blocks.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

/// The columns of rounds.csv, of which the first four say where the row belongs.
const std::vector<Column>& round_columns();
inline constexpr std::size_t first_round_value = 4;

/// The values of a row of rounds.csv, in the order of its columns.
enum RoundValue : std::size_t { left_in, right_in, expanded, subkey, mixed, s_out, p_out, left_out, right_out };

struct SboxRow {
    std::uint64_t line = 0;
    std::uint64_t input = 0, row = 0, column = 0, output = 0;
};

struct RoundRow {
    std::uint64_t line = 0;
    std::array<std::uint64_t, 9> values{}; // by RoundValue
    std::array<SboxRow, 8> boxes{};
};

/// All that there is of one block.
struct BlockRows {
    std::uint64_t message = 0, block = 0;
    Direction direction = Direction::encrypt;
    std::vector<RoundRow> rounds;
};

/// Where a block stands, and what the other files say about it.
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

/// Throws the WrongCell when a rule of the block is violated. `rules` is passed in only so that its memory is reused.
void check_block(const BlockContext& context, const BlockRows& rows, Rules& rules);

} // namespace keyhole::verify
