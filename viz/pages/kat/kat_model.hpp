// The known-answer runner of the window: every record of the files is computed anew on a thread of its own; what it
// found so far is a list of items to look at, the failures first.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/kat/kat.hpp"
#include "viz/base/work/job.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

/// A file that was run.
struct KatFileRun {
    KatFile file;      // its path; no results where it could not be run
    std::string error; // why not, one line
    std::string name;  // the path's last part, control characters escaped
    std::size_t passed = 0, failed = 0;
};

struct KatTotals {
    std::size_t passed = 0, failed = 0, unreadable = 0; // records, records, files
};

/// "5417 passed, 0 failed", and the files that could not be run where there are any.
std::string result_line(const KatTotals& totals);

class KatRun {
  public:
    /// `path` is a known-answer file or a folder of them.
    explicit KatRun(std::filesystem::path path);

    /// Takes what is done by now; true when something is new.
    bool collect();
    bool running() const { return running_; }
    double share() const { return job_.share(); }
    void cancel();

    /// Those that are done, in order.
    const std::vector<std::shared_ptr<const KatFileRun>>& files() const { return files_; }
    const KatTotals& totals() const { return totals_; }
    /// Why there is nothing to run; empty when there is.
    const std::string& error() const { return error_; }
    bool cancelled() const { return cancelled_; }

  private:
    struct Shared {
        std::mutex mutex;
        std::vector<std::shared_ptr<const KatFileRun>> done;
    };
    std::vector<std::shared_ptr<const KatFileRun>> files_;
    KatTotals totals_;
    std::string error_;
    bool running_ = true, cancelled_ = false;
    std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
    Job job_; // ends before the rest goes
};

/// One thing to choose in the list.
struct KatItem {
    enum class Kind { failure, file, record };
    Kind kind = Kind::file;
    std::size_t file = 0, result = 0; // which of the run's files, which of its records
    std::size_t line = 0, lines = 1;  // where it stands in the list
};

/// A failure takes three lines, what it is and the two values, everything else one.
class KatList {
  public:
    /// All failures, then the files.
    static KatList of(const KatRun& run);
    /// The records of one file.
    static KatList of(const KatRun& run, std::size_t file);

    const std::vector<KatItem>& items() const { return items_; }
    std::size_t line_count() const;
    /// The item that has that line; `line` is below line_count().
    std::size_t item_at(std::size_t line) const;
    /// The place of what `item` is about: a file stays the same file while failures come in before it. Empty where this
    /// list does not have it.
    std::optional<std::size_t> find(const KatItem& item) const;

  private:
    void add(KatItem item);
    std::vector<KatItem> items_;
};

/// Part of two values one above the other, and where they differ.
struct ValuePair {
    std::string expected, got;
    std::vector<std::pair<std::size_t, std::size_t>> differing; // from, to: characters of both parts
    std::size_t from = 0;                                       // of the whole values
    std::size_t all = 0;                                        // characters of the longer value
};

/// At most `room` characters of both, from the first difference (and a little before it) plus `shift` on. Case does not
/// count.
ValuePair compare(const KatFailure& failure, std::size_t room, std::size_t shift);

/// "DES, cbc, encrypt, 3 blocks", "modular exponentiation"; empty where the record cannot be opened as a trace.
std::string trace_words(const KatTrace& trace);

/// The record as a trace. Empty where there is none. Throws Error where its input does not fit the mode.
std::optional<Opened> open_record(const KatFileRun& file, const KatResult& result);

/// As `keyhole kat` prints it: file, line, field, record, expected, got; the whole values.
std::string failure_line(const KatFailure& failure);

} // namespace keyhole::viz
