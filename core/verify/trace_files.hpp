// Which file holds which of a trace's tables.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::verify {

struct TraceFiles {
    /// By the name that an export gives the table ("rounds.csv").
    std::map<std::string, std::filesystem::path, std::less<>> tables;
    std::vector<std::string> not_read; // tables beside them, which one could think were checked

    std::optional<std::filesystem::path> find(std::string_view name) const;
};

/// Those that have the names of an export. Throws Error: io where the folder cannot be read, bad_input where there are
/// none.
TraceFiles files_in(const std::filesystem::path& folder);

/// This file alone, whatever it is called: a name of an export says which table it is, else its columns. Throws Error:
/// io where it cannot be read, bad_input where its first line has the columns of none.
TraceFiles file_alone(const std::filesystem::path& path);

} // namespace keyhole::verify
