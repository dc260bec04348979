#include "core/verify/verify_rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/csv/csv_headers.hpp"
#include "core/verify/verify_block.hpp"

namespace keyhole::verify {
namespace {

enum RowColumn : std::size_t { message_at, stage_at, block_at, round_at, box_at, input_at };

// Message, stage, block, round: the first four columns of both files.
using Position = std::array<std::uint64_t, 4>;

Position position(const Table& table) { return {table[message_at], table[stage_at], table[block_at], table[round_at]}; }

std::string position_text(const Position& at) {
    const Place place{.block = at[2], .round = static_cast<unsigned>(at[3])};
    return place_text(at[0], direction_of(at[1]), place);
}

// The row must stand exactly there.
void expect_position(const Table& table, const Position& expected) {
    if (table.at_end()) throw table.ends_early(position_text(expected));
    const Position actual = position(table);
    for (std::size_t i = 0; i < 4; ++i) {
        if (actual[i] == expected[i]) continue;
        throw table.wrong(i, format_value(expected[i], i == stage_at ? Format::direction : Format::decimal),
                          position_text(expected));
    }
}

// Without blocks.csv nothing says which blocks there are: a row must follow the one before.
void expect_successor(const Table& table, const std::optional<Position>& previous, const ScheduleFile* schedules) {
    const Position actual = position(table);
    std::vector<Position> allowed;
    if (previous) {
        const auto [message, direction, block, round] = *previous;
        if (round < 16) allowed.push_back({message, direction, block, round + 1});
        allowed.push_back({message, direction, block + 1, 1});
        if (direction == 0) allowed.push_back({message, 1, 1, 1});
    }
    for (std::uint64_t message = previous ? (*previous)[0] + 1 : 1;; ++message) {
        allowed.push_back({message, 0, 1, 1});
        allowed.push_back({message, 1, 1, 1});
        if (schedules == nullptr || !schedules->messages.contains(message)) break;
    }
    const auto apart = [&](const Position& candidate) {
        return std::count_if(candidate.begin(), candidate.end(),
                             [&, i = std::size_t{0}](std::uint64_t value) mutable { return value != actual[i++]; });
    };
    const auto nearest = std::min_element(allowed.begin(), allowed.end(),
                                          [&](const auto& a, const auto& b) { return apart(a) < apart(b); });
    expect_position(table, *nearest);
}

RoundRow read_round(const Table& table) {
    RoundRow row;
    row.line = table.line();
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (table.cell(first_round_value + i).empty) {
            throw table.wrong(first_round_value + i, "hex digits", position_text(position(table)));
        }
        row.values[i] = table[first_round_value + i];
    }
    return row;
}

void read_boxes(Table& table, const Position& at, RoundRow& out) {
    for (std::uint64_t box = 1; box <= 8; ++box, table.advance()) {
        expect_position(table, at);
        if (table[box_at] != box) {
            throw table.wrong(box_at, fmt::to_string(box), position_text(at));
        }
        out.boxes[box - 1] = {table.line(), table[input_at], table[input_at + 1], table[input_at + 2],
                              table[input_at + 3]};
    }
}

void expect_end(const std::optional<Table>& table) {
    if (!table || table->at_end()) return;
    throw table->wrong(message_at, "no more rows", position_text(position(*table)));
}

// What the subkeys of a block agree on: every bit of C0 and D0 by the majority of the subkeys that hold it. Empty when
// three or fewer rounds are there: then there is no majority.
std::optional<des::KeySchedule> vote(const std::vector<RoundRow>& rounds, bool forwards) {
    constexpr std::size_t fewest = 4;
    if (rounds.size() < fewest) return std::nullopt;
    // Where each key bit goes to, found by following one bit at a time through the schedule.
    des::Block key = 0;
    for (unsigned position = 1; position <= 64; ++position) {
        if (position % 8 == 0) continue; // parity
        const des::Block bit = des::Block{1} << (64 - position);
        const des::KeySchedule path = des::key_schedule(bit);
        int balance = 0;
        for (std::size_t n = 1; n <= rounds.size(); ++n) {
            const std::uint64_t mask = path.rounds[(forwards ? n : 17 - n) - 1].subkey;
            if (mask != 0) balance += (rounds[n - 1].values[subkey] & mask) != 0 ? 1 : -1;
        }
        if (balance > 0) key |= bit;
    }
    return des::key_schedule(key);
}

std::size_t agreement(const std::vector<RoundRow>& rounds, const des::KeySchedule& schedule, bool forwards) {
    std::size_t out = 0;
    for (std::size_t n = 1; n <= rounds.size(); ++n) {
        out += rounds[n - 1].values[subkey] == schedule.rounds[(forwards ? n : 17 - n) - 1].subkey;
    }
    return out;
}

// Reads both files side by side, block by block.
class Walk {
  public:
    Walk(RoundFiles& files, const BlockFile* blocks, const ScheduleFile* schedules)
        : files_(files), blocks_(blocks), schedules_(schedules) {
        if (files.rounds) context_.rounds_file = &files.rounds->name();
        if (files.sboxes) context_.sboxes_file = &files.sboxes->name();
    }

    void with_blocks() {
        context_.blocks_file = &blocks_->name;
        for (const PassBlocks& pass : blocks_->passes) {
            context_.pass = &pass;
            context_.blocks_in_pass = pass.count;
            context_.previous = nullptr;
            for (std::size_t i = 0; i < pass.count; ++i) {
                context_.row = &blocks_->blocks[pass.first + i];
                const BlockRow& row = *context_.row;
                context_.forwards = makes_key_stream(pass.mode) || row.direction == Direction::encrypt;
                BlockRows rows{.message = row.message, .block = row.block, .direction = row.direction, .rounds = {}};
                if (files_.rounds || files_.sboxes) {
                    for (std::uint64_t n = 1; n <= 16; ++n) {
                        read_row(rows, {row.message, cell_of(row.direction), row.block, n});
                    }
                }
                check(rows);
                context_.previous = context_.row;
            }
        }
        expect_end(files_.rounds);
        expect_end(files_.sboxes);
    }

    void without_blocks() {
        Table& leader = files_.rounds ? *files_.rounds : *files_.sboxes;
        std::optional<Position> previous;
        BlockRows rows;
        while (!leader.at_end()) {
            expect_successor(leader, previous, schedules_);
            const Position at = position(leader);
            if (at[3] == 1) {
                check_guessed(rows);
                rows = {.message = at[0], .block = at[2], .direction = direction_of(at[1]), .rounds = {}};
            }
            read_row(rows, at);
            previous = at;
        }
        check_guessed(rows);
        if (files_.rounds) expect_end(files_.sboxes);
    }

  private:
    // The round at that position, from the files that there are.
    void read_row(BlockRows& rows, const Position& at) {
        RoundRow row;
        if (files_.rounds) {
            expect_position(*files_.rounds, at);
            row = read_round(*files_.rounds);
            files_.rounds->advance();
        }
        if (files_.sboxes) read_boxes(*files_.sboxes, at, row);
        rows.rounds.push_back(row);
    }

    // Without blocks.csv the direction is not known in decryption (ctr goes forwards), nor perhaps the key.
    void check_guessed(const BlockRows& rows) {
        if (rows.rounds.empty()) return;
        context_.forwards = true;
        context_.voted.reset();
        const bool both = rows.direction == Direction::decrypt;
        if (!files_.rounds) return check(rows);
        if (const auto found = voted_schedules_.find(rows.message); found != voted_schedules_.end()) {
            context_.voted = found->second;
        }
        if (const ScheduleRows* known = schedule_of(rows.message); known != nullptr) {
            des::KeySchedule schedule;
            for (std::size_t n = 1; n < known->size(); ++n) schedule.rounds[n - 1].subkey = (*known)[n].subkey;
            if (both) {
                context_.forwards = agreement(rows.rounds, schedule, true) >= agreement(rows.rounds, schedule, false);
            }
        } else if (context_.voted) {
            if (both) {
                context_.forwards =
                    agreement(rows.rounds, *context_.voted, true) >= agreement(rows.rounds, *context_.voted, false);
            }
        } else {
            const auto forwards = vote(rows.rounds, true), backwards = both ? vote(rows.rounds, false) : std::nullopt;
            context_.forwards =
                !backwards || agreement(rows.rounds, *forwards, true) >= agreement(rows.rounds, *backwards, false);
            context_.voted = context_.forwards ? forwards : backwards;
        }
        check(rows);
        if (context_.voted && rows.rounds.size() == 16) voted_schedules_.emplace(rows.message, *context_.voted);
    }

    void check(const BlockRows& rows) {
        context_.schedule = schedule_of(rows.message);
        check_block(context_, rows, rules_);
    }

    const ScheduleRows* schedule_of(std::uint64_t message) const {
        if (schedules_ == nullptr) return nullptr;
        const auto found = schedules_->messages.find(message);
        return found == schedules_->messages.end() ? nullptr : &found->second;
    }

    RoundFiles& files_;
    const BlockFile* blocks_;
    const ScheduleFile* schedules_;
    BlockContext context_;
    Rules rules_;
    std::map<std::uint64_t, des::KeySchedule> voted_schedules_;
};

} // namespace

RoundFiles open_rounds(const std::filesystem::path& folder) {
    using enum Format;
    RoundFiles out;
    const auto rounds = folder / "rounds.csv", sboxes = folder / "sboxes.csv";
    if (std::filesystem::exists(rounds)) out.rounds.emplace(rounds, round_columns());
    if (std::filesystem::exists(sboxes)) {
        out.sboxes.emplace(sboxes, columns(csv::sboxes_header, {decimal, direction, decimal, decimal, decimal, decimal,
                                                                decimal, decimal, decimal}));
    }
    return out;
}

void check_rounds(RoundFiles& files, const BlockFile* blocks, const ScheduleFile* schedules) {
    Walk walk(files, blocks, schedules);
    if (blocks != nullptr) {
        walk.with_blocks();
    } else if (files.rounds || files.sboxes) {
        walk.without_blocks();
    }
}

} // namespace keyhole::verify
