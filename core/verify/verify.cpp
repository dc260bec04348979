#include "core/verify/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/verify/exchange/verify_exchange.hpp"
#include "core/verify/exchange/verify_power.hpp"
#include "core/verify/trace_files.hpp"
#include "core/verify/verify_blocks.hpp"
#include "core/verify/verify_rounds.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {
namespace {

namespace fs = std::filesystem;

// Those that exchange.csv, or else blocks.csv, says there are.
std::vector<std::uint64_t> messages_of(const std::vector<KnownPass>& passes, const std::optional<BlockFile>& blocks) {
    std::vector<std::uint64_t> out;
    std::ranges::transform(passes, std::back_inserter(out), &KnownPass::message);
    if (out.empty() && blocks) std::ranges::transform(blocks->blocks, std::back_inserter(out), &BlockRow::message);
    out.erase(std::unique(out.begin(), out.end()), out.end());
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
        return des::parse_variant(trimmed(text));
    } catch (const Error& error) {
        throw bad_input(fmt::format("{}: {}", shown(path), error.what()));
    }
}

std::vector<CheckedFile> check_all(const TraceFiles& there, const des::Variant& variant) {
    // In this order, because a file is checked against those that were read before it.
    std::vector<CheckedFile> out;
    std::optional<Exchange> exchange;
    if (const auto path = there.find("exchange.csv")) exchange = check_exchange(*path, variant);
    std::optional<ScheduleFile> schedules;
    if (const auto path = there.find("keyschedule.csv")) schedules = check_schedules(*path, variant);
    const std::vector<KnownPass> passes = exchange ? known_passes(*exchange) : std::vector<KnownPass>{};
    const ScheduleFile* const schedules_or_null = schedules ? &*schedules : nullptr;
    std::optional<BlockFile> blocks;
    if (const auto path = there.find("blocks.csv")) {
        blocks = read_blocks(*path, passes, schedules_or_null, variant);
        out.push_back(blocks->file);
    }
    if (schedules) expect_schedules(*schedules, messages_of(passes, blocks), !passes.empty());
    RoundFiles rounds = open_rounds(there.find("rounds.csv"), there.find("sboxes.csv"));
    check_rounds(rounds, blocks ? &*blocks : nullptr, schedules_or_null, variant);
    if (rounds.rounds) {
        out.push_back(rounds.rounds->checked());
        if (rounds.makes_key_stream)
            out.back().note = "the decryption takes K1 to K16 in this order, as only cfb, ofb and ctr do";
    }
    if (rounds.sboxes) out.push_back(rounds.sboxes->checked());
    if (schedules) out.push_back(schedules->file);
    if (const auto path = there.find("modexp.csv")) {
        out.push_back(check_powers(*path, exchange ? known_operations(*exchange) : std::vector<csv::Operation>{}));
    }
    if (exchange) out.push_back(exchange->file);
    // A message of no bytes has tables without rows; rows without a meaning are another matter.
    const bool any = std::ranges::any_of(out, [](const CheckedFile& file) { return file.rows > 0; });
    if (any && std::ranges::all_of(out, [](const CheckedFile& file) { return file.unknown == file.rows; }))
        throw bad_input(
            fmt::format("{}: nothing in it can be checked (none of its rows tells what another should be; see "
                        "keyhole verify --help for the tables)",
                        out.front().name));
    return out;
}

} // namespace

Report check(const fs::path& path) {
    std::error_code code;
    const bool alone = fs::exists(path, code) && !fs::is_directory(path, code);
    const TraceFiles there = alone ? file_alone(path) : files_in(path);
    Report out;
    out.not_read = there.not_read;
    out.variant = noted_variant(alone ? path.parent_path() : path);
    try {
        out.files = check_all(there, out.variant);
    } catch (const WrongCell& wrong) {
        out.wrong = wrong;
    }
    return out;
}

} // namespace keyhole::verify
