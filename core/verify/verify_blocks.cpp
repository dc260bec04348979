// blocks.csv: the counters, and the mode of each message, of which no column tells.
#include "core/verify/verify_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "core/csv/csv_headers.hpp"
#include "core/verify/block_guesses.hpp"
#include "core/verify/cells/table.hpp"

namespace keyhole::verify {
namespace {

enum BlockColumn : std::size_t {
    message_at,
    stage_at,
    block_at,
    key_at,
    input_at,
    chained_at,
    after_ip_at,
    preoutput_at,
    output_at
};

using Counters = std::array<std::uint64_t, 3>; // message, stage, block

Counters counters(const BlockRow& row) { return {row.message, cell_of(row.direction), row.block}; }

std::size_t differences(const Counters& a, const Counters& b) {
    return static_cast<std::size_t>((a[0] != b[0]) + (a[1] != b[1]) + (a[2] != b[2]));
}

WrongCell wrong_counter(const BlockFile& file, const BlockRow& row, const Counters& expected) {
    const Counters actual = counters(row);
    const Column all[] = {{"message", Format::counter}, {"stage", Format::direction}, {"block", Format::counter}};
    std::size_t i = 0;
    while (actual[i] == expected[i]) ++i;
    return {
        .file = file.file.name,
        .line = row.line,
        .column = std::string(all[i].name),
        .value = format_value(actual[i], all[i].format),
        .expected = format_value(expected[i], all[i].format),
        .where = fmt::format("message {}, {}, block {}", expected[0], name(direction_of(expected[1])), expected[2])};
}

// What may follow `previous`: the next block, the other direction, or the next message that has blocks.
std::vector<Counters> successors(const std::optional<Counters>& previous, const ScheduleFile* schedules) {
    std::vector<Counters> out;
    if (previous) {
        out.push_back({(*previous)[0], (*previous)[1], (*previous)[2] + 1});
        if ((*previous)[1] == 0) out.push_back({(*previous)[0], 1, 1});
    }
    const std::uint64_t next = previous ? (*previous)[0] + 1 : 1;
    for (std::uint64_t message = next;; ++message) { // a message with a key schedule and no block is empty
        const bool known = schedules != nullptr && schedules->messages.contains(message);
        if (!known && message > next) return out;
        out.push_back({message, 0, 1});
        out.push_back({message, 1, 1});
        if (!known) return out;
    }
}

bool contains(const std::vector<Counters>& all, const Counters& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// Two rows in a row of which either may have the wrong counter.
WrongCell doubtful_counter(const WrongCell& first, const WrongCell& second) {
    const std::string other = fmt::format("{}:{} {}", second.file, second.line, second.column);
    return doubt_about(
        first.file, first.line,
        fmt::format("{} and {} do not fit together ({}): {} should be {}, or {} {}; nothing here tells "
                    "which of them is wrong",
                    first.column, other, first.where, first.column, first.expected, other, second.expected));
}

// Each row must follow the one before. Where several rows could, the two rows after decide.
void check_order(const BlockFile& file, const ScheduleFile* schedules) {
    const auto& rows = file.blocks;
    const auto goes_on = [&](const Counters& from, std::size_t i) {
        return i + 1 >= rows.size() || contains(successors(from, schedules), counters(rows[i + 1]));
    };
    // What could stand in row `i` instead, one cell being another.
    const auto instead = [&](const std::vector<Counters>& allowed, std::size_t i) -> std::optional<Counters> {
        for (const Counters& candidate : allowed) {
            if (differences(candidate, counters(rows[i])) == 1 && goes_on(candidate, i)) return candidate;
        }
        return std::nullopt;
    };
    std::optional<Counters> previous;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Counters actual = counters(rows[i]);
        const auto allowed = successors(previous, schedules);
        const auto here = instead(allowed, i);
        if (!contains(allowed, actual)) throw wrong_counter(file, rows[i], here.value_or(allowed.front()));
        previous = actual;
        if (goes_on(actual, i) || !here || !goes_on(counters(rows[i + 1]), i + 1)) continue;
        const WrongCell wrong = wrong_counter(file, rows[i], *here);
        const auto after = instead(successors(actual, schedules), i + 1);
        throw after ? doubtful_counter(wrong, wrong_counter(file, rows[i + 1], *after)) : wrong;
    }
}

void check_known_order(const BlockFile& file, const std::vector<KnownPass>& known) {
    std::size_t at = 0;
    for (const KnownPass& pass : known) {
        for (std::uint64_t block = 1; block <= (pass.input.size() + 7) / 8; ++block, ++at) {
            const Counters expected{pass.message, cell_of(pass.direction), block};
            if (at == file.blocks.size()) {
                throw WrongCell{
                    .file = file.file.name,
                    .line = file.blocks.empty() ? 2 : file.blocks.back().line + 1,
                    .column = {},
                    .value = {},
                    .expected = fmt::format("message {}, {}, block {}", pass.message, name(pass.direction), block),
                    .where = {}};
            }
            if (counters(file.blocks[at]) != expected) throw wrong_counter(file, file.blocks[at], expected);
        }
    }
    if (at < file.blocks.size()) {
        const BlockRow& row = file.blocks[at];
        throw WrongCell{.file = file.file.name,
                        .line = row.line,
                        .column = "message",
                        .value = fmt::to_string(row.message),
                        .expected = "no more rows",
                        .where = "exchange.csv has no such block"};
    }
}

BlockRow read_row(const Table& table, const des::Variant& variant) {
    const auto read = [&](BlockColumn column) -> std::optional<std::uint64_t> {
        if (!table.has(column)) return std::nullopt;
        if (table.cell(column).empty) throw table.wrong(column, "hex digits", "");
        return table[column];
    };
    return {.message = table[message_at],
            .block = table[block_at],
            .direction = direction_of(table[stage_at]),
            .line = table.line(),
            .key = read(key_at),
            .input = read(input_at),
            .chained = read(chained_at),
            .after_ip = read(after_ip_at),
            .preoutput = read(preoutput_at),
            .output = read(output_at),
            .input_bytes = table.cell(input_at).length,
            .has_ip = variant.has_ip};
}

// Without the column `block` there is one block, without `message` one message, and the stage is that which makes its
// output.
void settle_missing_counters(const Table& table, std::vector<BlockRow>& rows, const des::Variant& variant) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (!table.has(block_at)) throw table.needs(block_at, "there is more than one block; add it");
        const bool turns = rows[i - 1].direction == Direction::encrypt && rows[i].direction == Direction::decrypt;
        if (rows[i].block == 1 && !turns && !table.has(message_at)) {
            throw table.needs(message_at, fmt::format("line {} begins another; add it", rows[i].line));
        }
    }
    if (table.has(stage_at)) return;
    const auto fitting = [&](Direction direction) {
        return std::ranges::count_if(rows, [&](const BlockRow& row) { return makes_output(row, direction, variant); });
    };
    if (fitting(Direction::decrypt) <= fitting(Direction::encrypt)) return;
    for (BlockRow& row : rows) row.direction = Direction::decrypt;
}

// What the first block of a pass says of its IV. Ecb, and cbc deciphered, tell nothing.
std::optional<des::Block> iv_of(Mode mode, const BlockRow& first) {
    if (makes_key_stream(mode)) return first.chained;
    if (mode != Mode::cbc || first.direction == Direction::decrypt || !first.chained || !first.input) return {};
    return *first.chained ^ *first.input;
}

} // namespace

std::optional<des::Block> BlockRow::entering() const {
    if (chained) return chained;
    return after_ip && has_ip ? std::optional(des::final_permutation(*after_ip)) : after_ip;
}

std::optional<des::Block> BlockRow::leaving() const {
    if (output) return output;
    return preoutput && has_ip ? std::optional(des::final_permutation(*preoutput)) : preoutput;
}

std::optional<std::uint64_t> next_entering(Mode mode, const BlockRow& row) {
    const auto in = row.entering(), out = row.leaving();
    if (mode == Mode::ofb) return out;
    if (!in) return std::nullopt;
    if (mode == Mode::ctr) return *in + 1;
    const bool encrypts = row.direction == Direction::encrypt;
    if (!row.input || (encrypts && !out)) return std::nullopt;
    const unsigned bits = segment_bits(mode);
    const std::uint64_t stream = encrypts ? *out >> (64 - bits) : 0;
    return (bits == 64 ? 0 : *in << bits) | (*row.input ^ stream);
}

BlockFile read_blocks(const std::filesystem::path& path, const std::vector<KnownPass>& known,
                      const ScheduleFile* schedules, const des::Variant& variant) {
    using enum Format;
    Table table(path, columns(csv::blocks_header,
                              {counter, Format::direction, counter, hex16, octets, hex16, hex16, hex16, hex16}, {}));
    BlockFile out;
    for (; !table.at_end(); table.advance()) out.blocks.push_back(read_row(table, variant));
    out.file = table.checked();
    settle_missing_counters(table, out.blocks, variant);
    if (known.empty()) {
        check_order(out, schedules);
    } else {
        check_known_order(out, known);
    }
    for (std::size_t i = 0; i < out.blocks.size(); ++i) {
        if (out.blocks[i].block == 1) out.passes.push_back({.first = i});
        ++out.passes.back().count;
    }
    for (PassBlocks& pass : out.passes) {
        const auto blocks = std::span(out.blocks).subspan(pass.first, pass.count);
        const auto fits = [&](const KnownPass& k) {
            return k.message == blocks[0].message && k.direction == blocks[0].direction;
        };
        const auto found = std::find_if(known.begin(), known.end(), fits);
        pass.known = found == known.end() ? nullptr : &*found;
        pass.mode = pass.known != nullptr ? pass.known->mode : likeliest_mode(blocks, variant);
        pass.iv = pass.known != nullptr ? std::optional(pass.known->iv) : iv_of(pass.mode, blocks[0]);
        const bool forwards = makes_key_stream(pass.mode) || blocks[0].direction == Direction::encrypt;
        pass.key = pass.known != nullptr
                       ? std::optional(pass.known->key)
                       : commonest_key(blocks, forwards ? Direction::encrypt : Direction::decrypt, variant);
    }
    return out;
}

} // namespace keyhole::verify
