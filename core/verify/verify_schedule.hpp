// keyschedule.csv, checked in itself and kept by message for the other files to be compared with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/des/variant.hpp"
#include "core/verify/cells/wrong_cell.hpp"

namespace keyhole::verify {

/// What the columns that are there say.
struct ScheduleRow {
    std::uint64_t line = 0;
    std::optional<std::uint64_t> shift, c, d, subkey;
};

/// One message's rows, from round 0 on; fewer than 17 in hand-made files.
using ScheduleRows = std::vector<ScheduleRow>;

struct ScheduleFile {
    CheckedFile file;
    std::map<std::uint64_t, ScheduleRows> messages;
};

/// Reads keyschedule.csv and checks it in itself. Throws WrongCell.
ScheduleFile check_schedules(const std::filesystem::path& path, const des::Variant& variant);

/// Every one of these messages (1 .. without a gap) has its whole schedule there, and where `no_others` says so, no
/// other one has any. Throws WrongCell.
void expect_schedules(const ScheduleFile& file, const std::vector<std::uint64_t>& messages, bool no_others);

/// C0 and D0 (56 bits) of those rows, where they stand there.
std::optional<std::uint64_t> first_halves(const ScheduleRows& rows);

} // namespace keyhole::verify
