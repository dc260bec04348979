#include "core/verify/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/verify/exchange/verify_exchange.hpp"
#include "core/verify/exchange/verify_power.hpp"
#include "core/verify/verify_blocks.hpp"
#include "core/verify/verify_rounds.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {
namespace {

namespace fs = std::filesystem;

constexpr std::array file_names = {"blocks.csv",      "rounds.csv", "sboxes.csv",
                                   "keyschedule.csv", "modexp.csv", "exchange.csv"};

void check_is_folder(const fs::path& folder) {
    std::error_code code;
    const fs::file_status status = fs::status(folder, code);
    if (code || !fs::exists(status)) {
        throw io_error(fmt::format("cannot read {} ({}; check the name)", shown(folder),
                                   code ? code.message() : "there is no such folder"));
    }
    if (!fs::is_directory(status)) {
        throw bad_input(
            fmt::format("{} is no folder (verify takes that of an export; name the folder)", shown(folder)));
    }
    const fs::directory_iterator opened(folder, code);
    if (code) throw io_error(fmt::format("cannot read {} ({}; check its permissions)", shown(folder), code.message()));
}

// Other tables in the folder, which one could think were checked.
std::vector<std::string> other_tables(const fs::path& folder) {
    std::vector<std::string> out;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const std::string name = entry.path().filename().string();
        const std::string ending = lower_case(entry.path().extension().string());
        if (ending != ".csv" && ending != ".tsv") continue;
        if (std::ranges::find(file_names, name) == file_names.end()) out.push_back(excerpt(name));
    }
    std::ranges::sort(out);
    return out;
}

// Those that exchange.csv, or else blocks.csv, says there are.
std::vector<std::uint64_t> messages_of(const std::vector<KnownPass>& passes, const std::optional<BlockFile>& blocks) {
    std::vector<std::uint64_t> out;
    for (const KnownPass& pass : passes) out.push_back(pass.message);
    if (passes.empty() && blocks) {
        for (const BlockRow& row : blocks->blocks) out.push_back(row.message);
    }
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

// What variant.txt says: a list as --variant takes it.
des::Variant noted_variant(const fs::path& folder) {
    constexpr std::size_t longest_note = 16384; // bytes
    const fs::path path = folder / csv::variant_file;
    std::error_code code;
    if (!fs::exists(path, code)) return {};
    const std::string text = read_file(path, longest_note);
    try {
        return des::parse_variant(trimmed(text, " \t\r\n"));
    } catch (const Error& error) {
        throw bad_input(fmt::format("{}: {}", shown(path), error.what()));
    }
}

std::vector<CheckedFile> check_all(const fs::path& folder, const std::vector<std::string>& not_read,
                                   const des::Variant& variant) {
    const auto there = [&](const char* name) {
        std::error_code code;
        return fs::exists(folder / name, code);
    };
    if (std::none_of(file_names.begin(), file_names.end(), there)) {
        throw bad_input(not_read.empty()
                            ? fmt::format("{} holds no trace (it has none of {}; export one with --csv)", shown(folder),
                                          fmt::join(file_names, ", "))
                            : fmt::format("{} holds no trace (it has {}; rename what is meant: {})", shown(folder),
                                          fmt::join(not_read, ", "), fmt::join(file_names, ", ")));
    }
    // In this order, because a file is checked against those that were read before it.
    std::vector<CheckedFile> out;
    std::optional<Exchange> exchange;
    if (there("exchange.csv")) exchange = check_exchange(folder / "exchange.csv", variant);
    std::optional<ScheduleFile> schedules;
    if (there("keyschedule.csv")) schedules = check_schedules(folder / "keyschedule.csv", variant);
    const std::vector<KnownPass> passes = exchange ? known_passes(*exchange) : std::vector<KnownPass>{};
    const ScheduleFile* const schedules_or_null = schedules ? &*schedules : nullptr;
    std::optional<BlockFile> blocks;
    if (there("blocks.csv")) {
        blocks = read_blocks(folder / "blocks.csv", passes, schedules_or_null, variant);
        out.push_back(blocks->file);
    }
    if (schedules) expect_schedules(*schedules, messages_of(passes, blocks), !passes.empty());
    RoundFiles rounds = open_rounds(folder);
    check_rounds(rounds, blocks ? &*blocks : nullptr, schedules_or_null, variant);
    if (rounds.rounds) out.push_back(rounds.rounds->checked());
    if (rounds.sboxes) out.push_back(rounds.sboxes->checked());
    if (schedules) out.push_back(schedules->file);
    if (there("modexp.csv")) {
        out.push_back(check_powers(folder / "modexp.csv",
                                   exchange ? known_operations(*exchange) : std::vector<csv::Operation>{}));
    }
    if (exchange) out.push_back(exchange->file);
    return out;
}

} // namespace

Report check_folder(const fs::path& folder) {
    check_is_folder(folder);
    Report out;
    out.not_read = other_tables(folder);
    out.variant = noted_variant(folder);
    try {
        out.files = check_all(folder, out.not_read, out.variant);
    } catch (const WrongCell& wrong) {
        out.wrong = wrong;
    }
    return out;
}

} // namespace keyhole::verify
