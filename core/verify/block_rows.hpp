// One block with its rounds and S-boxes, as the files have it, and what else is known of it. What does not stand in the
// files is absent.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/des/des.hpp"
#include "core/verify/slips/round_slip.hpp"
#include "core/verify/slips/sbox_slip.hpp"
#include "core/verify/slips/schedule_slip.hpp"
#include "core/verify/verify_blocks.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

struct SboxRow {
    std::uint64_t line = 0;
    BoxSight cells;
};

struct RoundRow {
    std::uint64_t line = 0;
    std::array<std::optional<std::uint64_t>, round_values> values; // by RoundValue
    std::array<SboxRow, 8> boxes;
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
    const std::string* schedule_file = nullptr;
    const BlockRow* row = nullptr;      // nullptr without blocks.csv
    const BlockRow* previous = nullptr; // the blocks before and after it in the same pass
    const BlockRow* next = nullptr;
    const PassBlocks* pass = nullptr;
    const ScheduleRows* schedule = nullptr; // checked rows of keyschedule.csv
    SubkeyList agreed;                      // the subkeys on which earlier blocks of the message agree
    bool forwards = true;                   // subkeys in the order of encryption
    const des::Variant* variant = &standard;
};

/// The number of the subkey that round `round` takes.
inline unsigned subkey_number(const BlockContext& context, unsigned round) {
    return context.forwards ? round : context.variant->rounds + 1 - round;
}

} // namespace keyhole::verify
