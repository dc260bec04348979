// The work behind the bar for files, each on a thread of its own: it looks at nothing that the window changes, reports
// how far it is, and can be cancelled at any time, which leaves nothing behind. Each throws Error, one line.
#pragma once

#include <filesystem>
#include <string>

#include "core/recording/recording.hpp"
#include "viz/base/work/job.hpp"

namespace keyhole::viz {

/// "wrote 6 files, 12 345 rows, to DIR".
std::string export_csv_work(const Recording& recording, const std::filesystem::path& folder, Job::Progress& progress);

/// "saved the recording, 34 567 bytes, as FILE".
std::string save_work(const Recording& recording, const std::filesystem::path& file, Job::Progress& progress);

/// "opened FILE", and what a person should know of a capture. A recording without a step is an error too.
std::string open_work(const std::filesystem::path& file, std::optional<Recording>& out, Job::Progress& progress);

} // namespace keyhole::viz
