#include "core/verify/verify_positions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/verify/cells/rules.hpp"

namespace keyhole::verify {

Position position(const Table& table) { return {table[message_at], table[stage_at], table[block_at], table[round_at]}; }

std::string position_text(const Position& at) {
    const Place place{.block = at[2], .round = static_cast<unsigned>(at[3])};
    return place_text(at[0], direction_of(at[1]), place);
}

void expect_position(const Table& table, const Position& expected) {
    if (table.at_end()) throw table.ends_early(position_text(expected));
    const Position actual = position(table);
    for (std::size_t i = 0; i < 4; ++i) {
        if (!table.has(i) || actual[i] == expected[i]) continue;
        throw table.wrong(i, format_value(expected[i], i == stage_at ? Format::direction : Format::counter),
                          position_text(expected));
    }
}

void expect_successor(const Table& table, const std::optional<Position>& previous, const ScheduleFile* schedules,
                      unsigned rounds) {
    const Position actual = position(table);
    std::vector<Position> allowed;
    if (previous) {
        const auto [message, direction, block, round] = *previous;
        if (round < rounds) allowed.push_back({message, direction, block, round + 1});
        allowed.push_back({message, direction, block + 1, 1});
        if (direction == 0) allowed.push_back({message, 1, 1, 1});
    }
    for (std::uint64_t message = previous ? (*previous)[0] + 1 : 1;; ++message) {
        allowed.push_back({message, 0, 1, 1});
        allowed.push_back({message, 1, 1, 1});
        if (schedules == nullptr || !schedules->messages.contains(message)) break;
    }
    // Nothing says of which block a table without that column goes on to tell.
    for (const PositionColumn column : {block_at, message_at, stage_at}) {
        if (previous && !table.has(column) && actual[round_at] == 1 &&
            std::ranges::find(allowed, actual) == allowed.end()) {
            throw table.needs(column, fmt::format("line {} begins another block; add it", table.line()));
        }
    }
    const auto apart = [&](const Position& candidate) {
        return std::count_if(candidate.begin(), candidate.end(),
                             [&, i = std::size_t{0}](std::uint64_t value) mutable { return value != actual[i++]; });
    };
    const auto nearest = std::min_element(allowed.begin(), allowed.end(),
                                          [&](const auto& a, const auto& b) { return apart(a) < apart(b); });
    expect_position(table, *nearest);
}

void expect_end(const std::optional<Table>& table) {
    if (!table || table->at_end()) return;
    throw table->wrong(table->has(message_at) ? message_at : round_at, "no more rows", position_text(position(*table)));
}

void Constant::check(const Table& table, const Position& at) {
    if (!first_) first_ = at;
    for (const PositionColumn column : {message_at, stage_at, block_at}) {
        if (!table.has(column) && at[column] != (*first_)[column]) {
            throw table.needs(column, "the other files have more than one; add it");
        }
    }
}

} // namespace keyhole::verify
