#include "core/kat/kat.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/kat/kat_des.hpp"
#include "core/kat/kat_evp.hpp"
#include "core/kat/kat_intermediates.hpp"
#include "core/kat/kat_kas.hpp"
#include "core/kat/kat_layouts.hpp"
#include "core/kat/kat_numbers.hpp"
#include "core/kat/records/kat_check.hpp"
#include "core/kat/records/kat_names.hpp"

namespace keyhole {
namespace fs = std::filesystem;

namespace kat {
namespace {

// A record's kind shows in its fields, whatever its section is called.
Verdict check(const Record& record, Context& context) {
    const auto has = [&](const char* name) { return record.has(name); };
    check_names(record);
    if (has("L") || has("R")) return check_round(record, context);
    if (has("X0") || has("X16")) return check_recirculation(record);
    if (has("BASE") || has("EXPONENT") || has("MODULUS")) return check_power(record, context);
    if (has("DERIVE")) return check_derive(record, context);
    if (has("PRIVPUBKEYPAIR")) return check_key_pair(record, context);
    if (is_kas(record)) return check_kas(record, context);
    if (has("INVALIDKEY")) return check_invalid_key(record);
    if (has("X") || has("Y")) return check_agreement(record, context);
    const bool exchanged = has("XA") || has("YA") || has("XB") || has("YB") || has("Z");
    if (!exchanged && (has("NAME") || has("BITS"))) return check_group(record);
    if (exchanged || has("P")) return check_exchange(record, context);
    const bool has_text = has("PLAINTEXT") || has("CIPHERTEXT");
    const bool has_key = has("KEY") || has("KEYS") || has("KEY1");
    if (!has_text && record.section.find("WEAK") != std::string::npos) return check_weakness(record);
    if (has_text || has_key) return check_des(record, context);
    throw record.fault(record.line(), fmt::format("the {} is of no known kind", record.short_title()),
                       "see `keyhole kat --help` for the fields that go together");
}

KatResult run(const Record& record, Context& context) {
    context.trace = {};
    const Verdict verdict = check(record, context);
    KatResult result{.line = record.line(), .record = record.title(), .failure = std::nullopt, .trace = {}};
    if (verdict) {
        result.failure = KatFailure{.file = record.file,
                                    .line = verdict->field->line,
                                    .record = result.record,
                                    .field = verdict->field->title(),
                                    .expected = verdict->expected,
                                    .got = verdict->got};
    }
    result.trace = std::move(context.trace);
    return result;
}

} // namespace

} // namespace kat

std::size_t KatFile::failed() const {
    return static_cast<std::size_t>(
        std::count_if(results.begin(), results.end(), [](const KatResult& r) { return r.failure.has_value(); }));
}

std::optional<KatFile> run_kat_text(const std::string& path, std::string_view text, const KatProgress& progress) {
    const kat::Arranged arranged = kat::arrange(kat::parse(path, text));
    const std::vector<kat::Record>& records = arranged.records;
    if (records.empty() && arranged.left_out > 0) {
        throw bad_input(fmt::format("{} has no record of DES or three-key DES ({} of other ciphers; leave it out)",
                                    escape_controls(path), counted(arranged.left_out, "record")));
    }
    if (records.empty()) {
        throw bad_input(fmt::format(
            "{} has no record (a known-answer file has records of NAME = VALUE lines; see `keyhole kat --help`)",
            escape_controls(path)));
    }
    KatFile file{.path = path, .results = {}, .left_out = arranged.left_out};
    bool stopped = false;
    kat::Context context;
    context.file_name = lower_case(fs::path(path).filename().string());
    context.go_on = [&] {
        stopped = stopped || (progress && !progress(file.results.size(), records.size()));
        return !stopped;
    };
    for (const kat::Record& record : records) {
        if (!context.go_on()) return std::nullopt;
        file.results.push_back(kat::run(record, context));
        if (stopped) return std::nullopt;
    }
    context.go_on();
    return file;
}

std::optional<KatFile> run_kat_file(const fs::path& path, const KatProgress& progress) {
    const std::string text = read_file(path, kat::max_file_size);
    return run_kat_text(path.string(), text, progress);
}

std::vector<fs::path> list_kat_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string extension = lower_case(at->path().extension().string());
        std::error_code gone;
        const auto known = {".rsp", ".txt", ".fax", ".vec"};
        if (std::find(known.begin(), known.end(), extension) != known.end() && at->is_regular_file(gone))
            files.push_back(at->path());
    }
    if (error) {
        throw io_error(fmt::format("cannot list {} ({}; check the path)", shown(folder), error.message()));
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> find_kat_files(const fs::path& path) {
    std::error_code unreadable;
    if (!fs::is_directory(path, unreadable)) return {path};
    std::vector<fs::path> files = list_kat_files(path);
    if (files.empty()) {
        throw bad_input(fmt::format(
            "{} has no known-answer file (none ends with .rsp, .fax, .vec or .txt; name the files)", shown(path)));
    }
    return files;
}

} // namespace keyhole
