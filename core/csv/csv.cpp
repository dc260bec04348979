#include "core/csv/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/csv/csv_des.hpp"
#include "core/csv/csv_exchange.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/csv/csv_power.hpp"

namespace keyhole {
namespace {

namespace fs = std::filesystem;

// The folder of an export. Folders that had to be created for it are removed again unless `keep` is called.
class Folder {
  public:
    explicit Folder(const fs::path& path) : path_(path) {
        std::error_code code;
        for (fs::path at = path; !at.empty() && !fs::exists(at, code); at = at.parent_path()) created_.push_back(at);
        fs::create_directories(path, code);
        if (code || !fs::is_directory(path)) {
            remove();
            throw io_error(fmt::format("cannot create the folder {} ({}; choose another)", shown(path),
                                       code ? code.message() : "a file has this name"));
        }
    }
    ~Folder() { remove(); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const fs::path& path() const { return path_; }
    void keep() { created_.clear(); }

  private:
    void remove() {
        std::error_code ignored;
        for (const fs::path& path : created_) fs::remove(path, ignored); // only where it is empty
    }

    fs::path path_;
    std::vector<fs::path> created_; // innermost first
};

// The files of one export.
class Export {
  public:
    explicit Export(const fs::path& directory) : folder_(directory) {}

    FileWriter& add(const char* name, std::string_view header) {
        FileWriter& file = add(name);
        file.write(header);
        file.write("\r\n");
        return file;
    }
    // What the tables of a variant are not: DES. A note that an earlier export left in the folder is set right.
    void note_variant(const des::Variant& variant) {
        if (!variant.is_des() || fs::exists(folder_.path() / csv::variant_file))
            add(csv::variant_file).write(variant.list() + "\n");
    }
    void commit() {
        for (const auto& file : files_) file->finish();
        for (const auto& file : files_) file->commit();
        folder_.keep();
    }
    std::size_t count() const { return files_.size(); }

  private:
    FileWriter& add(const char* name) {
        files_.push_back(std::make_unique<FileWriter>(folder_.path() / name));
        return *files_.back();
    }

    Folder folder_; // destroyed last: it can be removed only when the files in it are gone
    std::vector<std::unique_ptr<FileWriter>> files_;
};

std::uint64_t count_blocks(const Recording& recording) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        for (const Direction direction : known_directions(recording, i + 1)) {
            Bytes padded;
            count += cipher_pass(recording, i + 1, direction, padded).block_count();
        }
    }
    return count;
}

// The rows that were written; empty when it was stopped.
std::optional<std::uint64_t> write_des(const Recording& recording, Export& files, const CsvProgress& progress) {
    constexpr std::uint64_t blocks_between_reports = 4096;
    FileWriter& blocks = files.add("blocks.csv", csv::blocks_header);
    FileWriter& rounds = files.add("rounds.csv", csv::rounds_header);
    FileWriter& sboxes = files.add("sboxes.csv", csv::sboxes_header);
    FileWriter& schedules = files.add("keyschedule.csv", csv::keyschedule_header);
    const std::uint64_t all = progress ? count_blocks(recording) : 0;
    std::uint64_t done = 0, schedule_rows = 0, next_report = blocks_between_reports;
    for (std::size_t message = 1; message <= recording.messages.size(); ++message) {
        bool scheduled = false; // both sides have the same key
        for (const Direction direction : known_directions(recording, message)) {
            Bytes padded;
            const Pass pass = cipher_pass(recording, message, direction, padded);
            if (!scheduled) schedule_rows += csv::write_schedule(schedules, message, pass.schedule);
            scheduled = true;
            for (std::uint64_t block = 1; block <= pass.block_count(); block += csv::blocks_at_once) {
                const std::uint64_t count = std::min(csv::blocks_at_once, pass.block_count() - block + 1);
                csv::write_blocks({blocks, rounds, sboxes}, message, pass, block, count);
                done += count;
                if (done >= next_report && progress && !progress(done, all)) return std::nullopt;
                if (done >= next_report) next_report = done + blocks_between_reports;
            }
        }
    }
    return done * csv::rows_of_a_block(recording.variant) + schedule_rows;
}

} // namespace

void try_csv(const fs::path& directory) {
    Export uncommitted(directory);
    for (const char* name :
         {"blocks.csv", "rounds.csv", "sboxes.csv", "keyschedule.csv", "modexp.csv", "exchange.csv"}) {
        uncommitted.add(name, {});
    }
}

std::optional<CsvWritten> write_csv(const Recording& recording, const fs::path& directory,
                                    const CsvProgress& progress) {
    Export files(directory);
    std::uint64_t rows = 0;
    const bool exchange = !recording.des;
    if (!recording.power) {
        // The blocks are half of an exchange's work.
        CsvProgress half;
        if (progress && exchange) half = [&](std::uint64_t done, std::uint64_t all) { return progress(done, 2 * all); };
        const auto written = write_des(recording, files, exchange ? half : progress);
        if (!written) return std::nullopt;
        rows += *written;
        files.note_variant(recording.variant);
    }
    if (exchange) {
        FileWriter& modexp = files.add("modexp.csv", csv::modexp_header);
        for (const csv::Operation& operation : csv::operations(recording))
            rows += csv::write_operation(modexp, operation);
        CsvProgress half;
        if (progress) half = [&](std::uint64_t done, std::uint64_t all) { return progress(all + done, 2 * all); };
        const auto written = write_exchange_csv(recording, files.add("exchange.csv", csv::exchange_header), half);
        if (!written) return std::nullopt;
        rows += *written;
    }
    files.commit();
    return CsvWritten{files.count(), rows};
}

} // namespace keyhole
