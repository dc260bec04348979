#include "core/verify/verify_rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/csv/csv_headers.hpp"
#include "core/verify/verify_block.hpp"
#include "core/verify/verify_positions.hpp"
#include "core/verify/verify_round.hpp"

namespace keyhole::verify {
namespace {

constexpr std::size_t box_at = round_at + 1;

std::optional<std::uint64_t> read_value(const Table& table, std::size_t column, const Position& at) {
    if (!table.has(column)) return std::nullopt;
    if (table.cell(column).empty) throw table.wrong(column, "a value", position_text(at));
    return table[column];
}

RoundRow read_round(const Table& table, const Position& at) {
    RoundRow row;
    row.line = table.line();
    for (std::size_t i = 0; i < row.values.size(); ++i) row.values[i] = read_value(table, first_round_value + i, at);
    return row;
}

void read_boxes(Table& table, const Position& at, RoundRow& out) {
    for (std::uint64_t box = 1; box <= 8; ++box, table.advance()) {
        expect_position(table, at);
        if (table[box_at] != box) {
            throw table.wrong(box_at, fmt::to_string(box), position_text(at));
        }
        const auto read = [&](std::size_t column) { return read_value(table, box_at + column, at); };
        out.boxes[box - 1] = {table.line(), {read(1), read(2), read(3), read(4)}};
    }
}

std::ptrdiff_t agreement(const SubkeyList& there, const SubkeyList& known) {
    std::ptrdiff_t out = 0;
    for (std::size_t i = 0; i < known.size(); ++i) out += known[i] && there[i] == known[i] ? 1 : 0;
    return out;
}

// Reads both files side by side, block by block.
class Walk {
  public:
    Walk(RoundFiles& files, const BlockFile* blocks, const ScheduleFile* schedules, const des::Variant& variant)
        : files_(files), blocks_(blocks), schedules_(schedules), variant_(variant) {
        context_.variant = &variant;
        if (files.rounds) context_.rounds_file = &files.rounds->name();
        if (files.sboxes) context_.sboxes_file = &files.sboxes->name();
        if (schedules != nullptr) context_.schedule_file = &schedules->file.name;
    }

    void with_blocks() {
        context_.blocks_file = &blocks_->file.name;
        for (const PassBlocks& pass : blocks_->passes) {
            context_.pass = &pass;
            context_.previous = nullptr;
            for (std::size_t i = 0; i < pass.count; ++i) {
                context_.row = &blocks_->blocks[pass.first + i];
                context_.next = i + 1 < pass.count ? context_.row + 1 : nullptr;
                const BlockRow& row = *context_.row;
                context_.forwards = makes_key_stream(pass.mode) || row.direction == Direction::encrypt;
                BlockRows rows{.message = row.message, .block = row.block, .direction = row.direction, .rounds = {}};
                if (files_.rounds || files_.sboxes) {
                    for (std::uint64_t n = 1; n <= variant_.rounds; ++n) {
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
            expect_successor(leader, previous, schedules_, variant_.rounds);
            const Position at = position(leader);
            if (at[round_at] == 1) {
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
            constant_.check(*files_.rounds, at);
            row = read_round(*files_.rounds, at);
            files_.rounds->advance();
        }
        if (files_.sboxes) {
            read_boxes(*files_.sboxes, at, row);
            constant_.check(*files_.sboxes, at);
        }
        rows.rounds.push_back(row);
    }

    // Without blocks.csv the direction is not known in decryption (ctr goes forwards), nor without a column for it.
    void check_guessed(const BlockRows& rows) {
        if (rows.rounds.empty()) return;
        const Table& leader = files_.rounds ? *files_.rounds : *files_.sboxes;
        context_.forwards = true;
        if (rows.direction == Direction::decrypt || !leader.has(stage_at)) {
            const SubkeyList forwards = subkeys_of(rows, true, variant_.rounds),
                             backwards = subkeys_of(rows, false, variant_.rounds);
            SubkeyList known = agreed_[rows.message];
            if (const ScheduleRows* schedule = schedule_of(rows.message); schedule != nullptr) {
                for (std::size_t i = 1; i < schedule->size(); ++i) known[i - 1] = (*schedule)[i].subkey;
            }
            const auto for_it = agreement(forwards, known), against = agreement(backwards, known);
            const auto from_one_key = [&](const SubkeyList& list) {
                return halves_of(in_order_of_des(list, variant_)).has_value();
            };
            context_.forwards =
                for_it == against ? from_one_key(forwards) || !from_one_key(backwards) : for_it > against;
            const bool says_so = rows.direction == Direction::decrypt && leader.has(stage_at);
            files_.makes_key_stream |= says_so && context_.forwards && rows.rounds.size() > 1;
        }
        check(rows);
    }

    void check(const BlockRows& rows) {
        context_.schedule = schedule_of(rows.message);
        context_.agreed = agreed_[rows.message];
        const SubkeyList agreed = check_block(context_, rows, rules_);
        if (rows.rounds.size() == variant_.rounds && agreed.front()) agreed_[rows.message] = agreed;
    }

    const ScheduleRows* schedule_of(std::uint64_t message) const {
        if (schedules_ == nullptr) return nullptr;
        const auto found = schedules_->messages.find(message);
        return found == schedules_->messages.end() ? nullptr : &found->second;
    }

    RoundFiles& files_;
    const BlockFile* blocks_;
    const ScheduleFile* schedules_;
    const des::Variant& variant_;
    BlockContext context_;
    Rules rules_;
    Constant constant_;
    std::map<std::uint64_t, SubkeyList> agreed_; // by message
};

} // namespace

RoundFiles open_rounds(const std::optional<std::filesystem::path>& rounds,
                       const std::optional<std::filesystem::path>& sboxes) {
    using enum Format;
    RoundFiles out;
    if (rounds) out.rounds.emplace(*rounds, round_columns());
    if (sboxes) {
        out.sboxes.emplace(*sboxes, columns(csv::sboxes_header,
                                            {counter, direction, counter, counter, counter, bits6, bits2, bits4, bits4},
                                            {"round", "box"}));
    }
    return out;
}

void check_rounds(RoundFiles& files, const BlockFile* blocks, const ScheduleFile* schedules,
                  const des::Variant& variant) {
    Walk walk(files, blocks, schedules, variant);
    if (blocks != nullptr) {
        walk.with_blocks();
    } else if (files.rounds || files.sboxes) {
        walk.without_blocks();
    }
}

} // namespace keyhole::verify
