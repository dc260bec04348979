#include "core/verify/verify_schedule.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "core/csv/csv_headers.hpp"
#include "core/des/des.hpp"
#include "core/verify/cells/rules.hpp"

namespace keyhole::verify {
namespace {

enum ScheduleColumn : std::size_t { message_at, round_at, shift_at, c_at, d_at, subkey_at };

const std::vector<Column>& schedule_columns() {
    using enum Format;
    static const std::vector<Column> all =
        columns(csv::keyschedule_header, {decimal, decimal, decimal, hex7, hex7, hex12});
    return all;
}

// FIPS 46-3, appendix 1: how far C and D move in each round.
unsigned shift_of(std::uint64_t round) { return round == 0 ? 0 : des::key_schedule(0).rounds[round - 1].shift; }

std::string row_text(std::uint64_t message, std::uint64_t round) {
    return fmt::format("message {}, round {}", message, round);
}

// Counters and everything that needs no other row.
void check_row(const Table& table, std::uint64_t message, std::uint64_t round) {
    const std::string where = row_text(message, round);
    if (table[message_at] != message) throw table.wrong(message_at, fmt::to_string(message), where);
    if (table[round_at] != round) throw table.wrong(round_at, fmt::to_string(round), where);
    if (table[shift_at] != shift_of(round)) throw table.wrong(shift_at, fmt::to_string(shift_of(round)), where);
    for (const std::size_t column : {c_at, d_at}) {
        if (table.cell(column).empty) throw table.wrong(column, "0x and 7 hex digits", where);
    }
    if (table.cell(subkey_at).empty != (round == 0)) {
        throw table.wrong(subkey_at, round == 0 ? "empty" : "0x and 12 hex digits", where);
    }
}

void check_rows(const ScheduleRows& rows, const std::string& file, std::uint64_t message) {
    Rules rules;
    std::vector<std::array<Rules::Id, 3>> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto add = [&](ScheduleColumn column, std::uint64_t value) {
            return rules.add({.file = &file,
                              .line = rows[i].line,
                              .column = schedule_columns()[column],
                              .round = static_cast<unsigned>(i)},
                             value);
        };
        ids.push_back({add(c_at, rows[i].c), add(d_at, rows[i].d), add(subkey_at, rows[i].subkey)});
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const unsigned shift = shift_of(i);
        for (const std::size_t half : {0U, 1U}) {
            const auto before = static_cast<std::uint32_t>(rules.value(ids[i - 1][half]));
            const auto after = static_cast<std::uint32_t>(rules.value(ids[i][half]));
            rules.reversible(ids[i][half], des::rotate_28(before, shift), ids[i - 1][half],
                             des::rotate_28(after, 28 - shift));
        }
        rules.computed(ids[i][2], des::permuted_choice_2(rows[i].c, rows[i].d), {ids[i][0], ids[i][1]});
    }
    if (rows.size() == 17) { // sixteen rounds move both halves once around
        for (const std::size_t half : {0U, 1U}) rules.equal(ids[16][half], ids[0][half]);
    }
    throw_suspect(rules, message, std::nullopt);
}

} // namespace

ScheduleFile check_schedules(const std::filesystem::path& path) {
    Table table(path, schedule_columns());
    ScheduleFile out{.name = table.name(), .rows = 0, .messages = {}};
    std::uint64_t message = 0;
    while (!table.at_end()) {
        ScheduleRows rows;
        ++message;
        // A schedule may break off, as in homework; a row that does not go on with it begins the next one.
        do {
            const std::uint64_t round = rows.size();
            check_row(table, message, round);
            rows.push_back({table.line(), static_cast<std::uint32_t>(table[c_at]),
                            static_cast<std::uint32_t>(table[d_at]), table[subkey_at]});
            table.advance();
        } while (!table.at_end() && rows.size() < 17 && !(table[message_at] == message + 1 && table[round_at] == 0));
        check_rows(rows, out.name, message);
        out.messages.emplace(message, std::move(rows));
    }
    out.rows = table.rows();
    return out;
}

} // namespace keyhole::verify
