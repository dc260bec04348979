// A recording as the CSV files of docs/trace-format.md: RFC 4180, streamed block by block, memory flat whatever the
// message's length. All files of one export get their names together at the end, or none does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "core/recording/recording.hpp"

namespace keyhole {

/// Told how much is done of all there is to do; returns false to stop the export.
using CsvProgress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

struct CsvWritten {
    std::size_t files = 0;
    std::uint64_t rows = 0; // without the header rows

    bool operator==(const CsvWritten&) const = default;
};

/// Writes the files that this trace has into `directory`, which is created where it is missing. Empty when `progress`
/// stopped it; then, as after an error, nothing is left behind. Throws Error (io).
std::optional<CsvWritten> write_csv(const Recording& recording, const std::filesystem::path& directory,
                                    const CsvProgress& progress = {});

/// Throws Error (io) where an exchange could not be written into `directory` now; leaves nothing behind.
void try_csv(const std::filesystem::path& directory);

} // namespace keyhole
