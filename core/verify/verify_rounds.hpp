// rounds.csv and sboxes.csv, read in lockstep with the blocks: one block in memory, however long the files are.
#pragma once

#include <filesystem>
#include <optional>

#include "core/verify/cells/table.hpp"
#include "core/verify/verify_blocks.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

struct RoundFiles {
    std::optional<Table> rounds, sboxes;
    bool makes_key_stream = false; // found while they are checked: a decryption by K1 to K16
};

/// Opens what is there of the two.
RoundFiles open_rounds(const std::optional<std::filesystem::path>& rounds,
                       const std::optional<std::filesystem::path>& sboxes);

/// Checks all blocks. `blocks` and `schedules` may be nullptr. Throws WrongCell.
void check_rounds(RoundFiles& files, const BlockFile* blocks, const ScheduleFile* schedules,
                  const des::Variant& variant);

} // namespace keyhole::verify
