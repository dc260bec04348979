// Where a row of rounds.csv or sboxes.csv belongs: message, stage, block and round. Rows stand in order without a gap.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/verify/cells/table.hpp"
#include "core/verify/verify_schedule.hpp"

namespace keyhole::verify {

/// The first four columns of both files.
enum PositionColumn : std::size_t { message_at, stage_at, block_at, round_at };
using Position = std::array<std::uint64_t, 4>;

Position position(const Table& table);
std::string position_text(const Position& at);

/// The row must stand exactly there, as far as its columns say where it stands.
void expect_position(const Table& table, const Position& expected);

/// Without blocks.csv nothing says which blocks there are: a row must follow the one before. A message may be left out
/// where `schedules` lists it. A block has that many `rounds`.
void expect_successor(const Table& table, const std::optional<Position>& previous, const ScheduleFile* schedules,
                      unsigned rounds);

/// No row may follow.
void expect_end(const std::optional<Table>& table);

/// The counters of a column that is not there are the same in all rows.
class Constant {
  public:
    void check(const Table& table, const Position& at);

  private:
    std::optional<Position> first_;
};

} // namespace keyhole::verify
