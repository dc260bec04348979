// blocks.csv: the counters, and the mode of each message, of which no column tells.
#include "core/verify/verify_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "core/csv/csv_headers.hpp"
#include "core/des/des_keys.hpp"
#include "core/fast/fast_des_record.hpp"
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
    const Column all[] = {{"message", Format::decimal}, {"stage", Format::direction}, {"block", Format::decimal}};
    std::size_t i = 0;
    while (actual[i] == expected[i]) ++i;
    return {
        .file = file.name,
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
    for (std::uint64_t message = previous ? (*previous)[0] + 1 : 1;; ++message) {
        out.push_back({message, 0, 1});
        out.push_back({message, 1, 1});
        if (schedules == nullptr || !schedules->messages.contains(message)) return out; // no empty message is known
    }
}

bool contains(const std::vector<Counters>& all, const Counters& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// Each row must follow the one before. Where several rows could, the row after decides.
void check_order(const BlockFile& file, const ScheduleFile* schedules) {
    std::optional<Counters> previous;
    for (std::size_t i = 0; i < file.blocks.size(); ++i) {
        const Counters actual = counters(file.blocks[i]);
        const auto allowed = successors(previous, schedules);
        const auto goes_on = [&](const Counters& from) {
            return i + 1 == file.blocks.size() || contains(successors(from, schedules), counters(file.blocks[i + 1]));
        };
        if (!contains(allowed, actual) || !goes_on(actual)) {
            std::optional<Counters> best;
            for (const Counters& candidate : allowed) {
                if (differences(candidate, actual) == 1 && goes_on(candidate) && !best) best = candidate;
            }
            if (best) throw wrong_counter(file, file.blocks[i], *best);
            if (!contains(allowed, actual)) throw wrong_counter(file, file.blocks[i], allowed.front());
        }
        previous = actual;
    }
}

void check_known_order(const BlockFile& file, const std::vector<KnownPass>& known) {
    std::size_t at = 0;
    for (const KnownPass& pass : known) {
        for (std::uint64_t block = 1; block <= (pass.input.size() + 7) / 8; ++block, ++at) {
            const Counters expected{pass.message, cell_of(pass.direction), block};
            if (at == file.blocks.size()) {
                throw WrongCell{
                    .file = file.name,
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
        throw WrongCell{.file = file.name,
                        .line = row.line,
                        .column = "message",
                        .value = fmt::to_string(row.message),
                        .expected = "no more rows",
                        .where = "exchange.csv has no such block"};
    }
}

int digits_apart(std::uint64_t a, std::uint64_t b) {
    int out = 0;
    for (std::uint64_t rest = a ^ b; rest != 0; rest >>= 4) out += (rest & 15) != 0;
    return out;
}

// How many digits contradict a mode. The first block's IV or counter is unknown; it counts for two digits, so that
// one wrong digit in a lone block of ecb is not taken for an IV of mostly zeros.
int digits_against(Mode mode, std::span<const BlockRow> blocks) {
    constexpr int unknown_iv = 2;
    const bool shorter = std::any_of(blocks.begin(), blocks.end(), [](const BlockRow& b) { return b.input_bytes < 8; });
    if (!makes_key_stream(mode) && shorter) return 1 << 20;
    const bool copies = mode == Mode::ecb || (mode == Mode::cbc && blocks[0].direction == Direction::decrypt);
    int out = mode == Mode::ecb ? 0 : unknown_iv;
    if (segment_bits(mode) < 64) {
        // Every row is a segment, a byte or a bit.
        out += static_cast<int>(std::ranges::count_if(
            blocks, [&](const BlockRow& b) { return b.input_bytes != 1 || (mode == Mode::cfb1 && b.input > 1); }));
    } else if (makes_key_stream(mode)) {
        out += static_cast<int>(std::ranges::count_if(blocks.first(blocks.size() - 1),
                                                      [](const BlockRow& b) { return b.input_bytes < 8; }));
    }
    for (std::size_t i = 0; i < blocks.size() && out < 1 << 20; ++i) {
        if (copies) {
            out += digits_apart(blocks[i].chained, blocks[i].input);
        } else if (i > 0) {
            const std::uint64_t expected =
                makes_key_stream(mode) ? next_entering(mode, blocks[i - 1]) : blocks[i].input ^ blocks[i - 1].output;
            out += digits_apart(blocks[i].chained, expected);
        }
    }
    return out;
}

Mode likeliest_mode(std::span<const BlockRow> blocks) {
    // In this order: where a lone block could be of several, ctr says least about it.
    const Mode all[] = {Mode::ecb, Mode::cbc, Mode::ctr, Mode::cfb, Mode::ofb, Mode::cfb8, Mode::cfb1};
    return *std::min_element(std::begin(all), std::end(all),
                             [&](Mode a, Mode b) { return digits_against(a, blocks) < digits_against(b, blocks); });
}

// The key that most blocks have; of equally frequent ones that which makes the outputs of more of its own blocks, then
// that with right parity.
des::Block commonest_key(std::span<const BlockRow> blocks, Direction direction) {
    struct Votes {
        std::size_t blocks = 0, outputs = 0;
    };
    std::map<des::Block, Votes> votes;
    for (const BlockRow& row : blocks) ++votes[row.key].blocks;
    if (votes.size() == 1) return votes.begin()->first;
    for (const BlockRow& row : blocks) {
        const des::Block output = des::fast::crypt(row.chained, des::fast::key_schedule(row.key), direction);
        votes[row.key].outputs += des::initial_permutation(output) == row.preoutput ? 1 : 0;
    }
    const auto rank = [](const auto& entry) {
        return std::tuple(entry.second.blocks, entry.second.outputs, des::with_odd_parity(entry.first) == entry.first);
    };
    return std::max_element(votes.begin(), votes.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); })
        ->first;
}

} // namespace

std::uint64_t next_entering(Mode mode, const BlockRow& row) {
    if (mode == Mode::ctr) return row.chained + 1;
    if (mode == Mode::ofb) return row.output;
    const unsigned bits = segment_bits(mode);
    const std::uint64_t stream = row.direction == Direction::encrypt ? row.output >> (64 - bits) : 0;
    return (bits == 64 ? 0 : row.chained << bits) | (row.input ^ stream);
}

BlockFile read_blocks(const std::filesystem::path& path, const std::vector<KnownPass>& known,
                      const ScheduleFile* schedules) {
    using enum Format;
    Table table(path, columns(csv::blocks_header,
                              {decimal, Format::direction, decimal, hex16, octets, hex16, hex16, hex16, hex16}));
    BlockFile out{.name = table.name(), .blocks = {}, .passes = {}};
    for (; !table.at_end(); table.advance()) {
        for (std::size_t column = key_at; column <= output_at; ++column) {
            if (table.cell(column).empty) throw table.wrong(column, "hex digits", "");
        }
        out.blocks.push_back({.message = table[message_at],
                              .block = table[block_at],
                              .direction = direction_of(table[stage_at]),
                              .line = table.line(),
                              .key = table[key_at],
                              .input = table[input_at],
                              .chained = table[chained_at],
                              .after_ip = table[after_ip_at],
                              .preoutput = table[preoutput_at],
                              .output = table[output_at],
                              .input_bytes = table.cell(input_at).length});
    }
    if (known.empty()) {
        check_order(out, schedules);
    } else {
        check_known_order(out, known);
    }
    for (std::size_t i = 0; i < out.blocks.size(); ++i) {
        if (out.blocks[i].block == 1) out.passes.push_back({.first = i});
        ++out.passes.back().count;
    }
    for (std::size_t i = 0; i < out.passes.size(); ++i) {
        PassBlocks& pass = out.passes[i];
        const auto blocks = std::span(out.blocks).subspan(pass.first, pass.count);
        const auto fits = [&](const KnownPass& k) {
            return k.message == blocks[0].message && k.direction == blocks[0].direction;
        };
        const auto found = std::find_if(known.begin(), known.end(), fits);
        pass.known = found == known.end() ? nullptr : &*found;
        pass.mode = pass.known != nullptr ? pass.known->mode : likeliest_mode(blocks);
        const bool forwards = makes_key_stream(pass.mode) || blocks[0].direction == Direction::encrypt;
        pass.key = pass.known != nullptr ? pass.known->key
                                         : commonest_key(blocks, forwards ? Direction::encrypt : Direction::decrypt);
    }
    return out;
}

} // namespace keyhole::verify
