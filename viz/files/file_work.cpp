#include "viz/files/file_work.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/step_tree.hpp"
#include "netsim/capture/open_recording.hpp"

namespace keyhole::viz {
namespace {

auto reporter(Job::Progress& progress) {
    return [&progress](std::uint64_t done, std::uint64_t all) {
        progress.report(done, all);
        return !progress.cancelled();
    };
}

} // namespace

std::string export_csv_work(const Recording& recording, const std::filesystem::path& folder, Job::Progress& progress) {
    const auto written = write_csv(recording, folder, reporter(progress));
    if (!written) throw io_error("the export was cancelled; nothing was written");
    return fmt::format("wrote {} {}, {} rows, to {}", written->files, written->files == 1 ? "file" : "files",
                       grouped_decimal(written->rows), shown(folder));
}

std::string save_work(const Recording& recording, const std::filesystem::path& file, Job::Progress& progress) {
    const auto bytes = save_recording(recording, file, reporter(progress));
    if (!bytes) throw io_error("saving was cancelled; nothing was written");
    return fmt::format("saved the recording, {} bytes, as {}", grouped_decimal(*bytes), shown(file));
}

std::string open_work(const std::filesystem::path& file, std::optional<Recording>& out, Job::Progress& progress) {
    auto opened = open_recording(file, std::nullopt, reporter(progress));
    if (!opened) throw io_error("opening was cancelled");
    out = std::move(opened->recording);
    if (StepTree(*out).total() == 0)
        throw bad_input(shown(file) + ": there is nothing to see (it holds no step; open another)");
    return fmt::format("opened {}{}{}", shown(file), opened->remarks.empty() ? "" : "; ",
                       fmt::join(opened->remarks, "; "));
}

} // namespace keyhole::viz
