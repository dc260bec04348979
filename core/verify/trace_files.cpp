#include "core/verify/trace_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/csv/csv_reader.hpp"

namespace keyhole::verify {
namespace {

namespace fs = std::filesystem;

struct Kind {
    std::string_view name, header;
};

constexpr std::array<Kind, 6> kinds = {{{"blocks.csv", csv::blocks_header},
                                        {"rounds.csv", csv::rounds_header},
                                        {"sboxes.csv", csv::sboxes_header},
                                        {"keyschedule.csv", csv::keyschedule_header},
                                        {"modexp.csv", csv::modexp_header},
                                        {"exchange.csv", csv::exchange_header}}};

std::string all_names() {
    std::vector<std::string_view> names;
    names.reserve(kinds.size());
    for (const Kind& kind : kinds) names.push_back(kind.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

void check_is_folder(const fs::path& folder) {
    std::error_code code;
    const fs::file_status status = fs::status(folder, code);
    if (code || !fs::exists(status)) {
        throw io_error(fmt::format("cannot read {} ({}; check the name)", shown(folder),
                                   code ? code.message() : "there is no such folder"));
    }
    const fs::directory_iterator opened(folder, code);
    if (code) throw io_error(fmt::format("cannot read {} ({}; check its permissions)", shown(folder), code.message()));
}

std::vector<std::string> other_tables(const fs::path& folder) {
    std::vector<std::string> out;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const std::string name = entry.path().filename().string();
        const std::string ending = lower_case(entry.path().extension().string());
        if (ending != ".csv" && ending != ".tsv") continue;
        if (std::ranges::find(kinds, name, &Kind::name) == kinds.end()) out.push_back(excerpt(name));
    }
    std::ranges::sort(out);
    return out;
}

// The table that has most of the columns; of several the first, and none where all are strange.
const Kind* kind_of_columns(const fs::path& path) {
    csv::Reader reader(path);
    if (!reader.next()) throw bad_input(fmt::format("{} is empty (its first line must name the columns)", shown(path)));
    const Kind* best = nullptr;
    std::size_t most = 0;
    for (const Kind& kind : kinds) {
        const auto known = csv::names_in(kind.header);
        std::size_t shared = 0;
        for (std::size_t i = 0; i < reader.size(); ++i)
            shared += std::ranges::count(known, lower_case(csv::trimmed(reader.cell(i)))) > 0 ? 1 : 0;
        if (shared <= most) continue;
        most = shared;
        best = &kind;
    }
    return best;
}

} // namespace

std::optional<fs::path> TraceFiles::find(std::string_view name) const {
    const auto found = tables.find(name);
    return found == tables.end() ? std::nullopt : std::optional(found->second);
}

TraceFiles files_in(const fs::path& folder) {
    check_is_folder(folder);
    TraceFiles out{.tables = {}, .not_read = other_tables(folder)};
    for (const Kind& kind : kinds) {
        std::error_code code;
        if (fs::exists(folder / kind.name, code)) out.tables.emplace(kind.name, folder / kind.name);
    }
    if (!out.tables.empty()) return out;
    throw bad_input(out.not_read.empty() ? fmt::format("{} holds no trace (it has none of {}; export one with --csv)",
                                                       shown(folder), all_names())
                                         : fmt::format("{} holds no trace (it has {}; rename what is meant: {})",
                                                       shown(folder), fmt::join(out.not_read, ", "), all_names()));
}

TraceFiles file_alone(const fs::path& path) {
    const std::string name = lower_case(path.filename().string());
    const auto* const named = std::ranges::find(kinds, name, &Kind::name);
    const Kind* const kind = named != kinds.end() ? named : kind_of_columns(path);
    if (kind == nullptr) {
        throw bad_input(
            fmt::format("{} is no table of a trace (its first line has the columns of none of {}; see "
                        "docs/trace-format.md)",
                        shown(path), all_names()));
    }
    return {.tables = {{std::string(kind->name), path}}, .not_read = {}};
}

} // namespace keyhole::verify
