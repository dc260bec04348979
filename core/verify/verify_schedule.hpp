// keyschedule.csv, checked in itself and kept by message for the other files to be compared with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace keyhole::verify {

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

} // namespace keyhole::verify
