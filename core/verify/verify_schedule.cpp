#include "core/verify/verify_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/csv/csv_headers.hpp"
#include "core/des/des_tables.hpp"
#include "core/des/variant.hpp"
#include "core/verify/cells/rules.hpp"
#include "core/verify/verify_subkeys.hpp"

namespace keyhole::verify {
namespace {

enum ScheduleColumn : std::size_t { message_at, round_at, shift_at, c_at, d_at, subkey_at };

const std::vector<Column>& schedule_columns() {
    using enum Format;
    static const std::vector<Column> all =
        columns(csv::keyschedule_header, {counter, counter, counter, hex7, hex7, hex12}, {"round"});
    return all;
}

constexpr std::size_t whole_schedule = 17; // rounds 0 to 16

// FIPS 46-3, appendix 1: how far C and D move in each round.
unsigned shift_of(std::uint64_t round, const des::Variant& variant) {
    return round == 0 || variant.subkeys == des::Variant::Subkeys::no_shifts ? 0 : des::shift_table[round - 1];
}

// The row from whose C and D a round has its subkey.
std::size_t source_of(std::size_t round, const des::Variant& variant) {
    return des::subkey_source(variant.subkeys, static_cast<unsigned>(round));
}

std::string row_text(std::uint64_t message, std::uint64_t round) {
    return fmt::format("message {}, round {}", message, round);
}

// The counters, and which cells are empty. A table without round 0 begins with round 1.
ScheduleRow read_row(const Table& table, std::uint64_t message, std::uint64_t round) {
    const std::string where = row_text(message, round);
    if (table[message_at] != message) throw table.wrong(message_at, fmt::to_string(message), where);
    if (table[round_at] != round) throw table.wrong(round_at, fmt::to_string(round), where);
    for (const std::size_t column : {c_at, d_at}) {
        if (table.has(column) && table.cell(column).empty) throw table.wrong(column, "0x and 7 hex digits", where);
    }
    if (table.has(subkey_at) && table.cell(subkey_at).empty != (round == 0)) {
        throw table.wrong(subkey_at, round == 0 ? "empty" : "0x and 12 hex digits", where);
    }
    const auto read = [&](std::size_t column) {
        return table.has(column) && !table.cell(column).empty ? std::optional(table[column]) : std::nullopt;
    };
    return {table.line(), read(shift_at), read(c_at), read(d_at), read(subkey_at)};
}

std::uint32_t narrow(std::uint64_t half) { return static_cast<std::uint32_t>(half); }
std::uint64_t halves(const ScheduleRow& row) { return row.c.value_or(0) << 28 | row.d.value_or(0); }

std::uint64_t subkey_from(const ScheduleRow& row) {
    return des::permuted_choice_2(narrow(row.c.value_or(0)), narrow(row.d.value_or(0)));
}

bool turned_as_one(const ScheduleRow& before, const ScheduleRow& row, unsigned shift) {
    if (!before.c || !before.d || !row.c || !row.d || shift == 0) return false;
    return halves(row) == ((halves(before) << shift | halves(before) >> (56 - shift)) & low_mask(56));
}

std::string subkey_of_another(const ScheduleRows& rows, std::size_t own, std::uint64_t value) {
    for (std::size_t round = 1; round < rows.size(); ++round) {
        if (round != own && rows[round].c && rows[round].d && value == subkey_from(rows[round]))
            return fmt::format("it is the subkey of round {}", round);
    }
    return {};
}

// How the value of a broken rule's result came about.
std::string cause_of(const ScheduleRows& rows, const Place& place, std::uint64_t value, const des::Variant& variant) {
    if (place.round == 0) return {};
    const ScheduleRow &row = rows[place.round], &before = rows[place.round - 1];
    const std::string_view column = place.column.name;
    if (column == "shift") {
        const auto turned = [&](const auto& from, const auto& to) {
            return from && to && des::rotate_28(narrow(*from), static_cast<unsigned>(value % 28)) == *to;
        };
        return turned(before.c, row.c) && turned(before.d, row.d) ? "C and D were turned by that count" : "";
    }
    if (column == "c" || column == "d") {
        const auto &half = column == "c" ? before.c : before.d, &other = column == "c" ? before.d : before.c;
        const unsigned shift = shift_of(place.round, variant);
        if (half && other && *half != *other && des::rotate_28(narrow(*other), shift) == value)
            return "C and D are exchanged";
        if (turned_as_one(before, row, shift)) return "C and D were turned as one number of 56 bits";
        return half ? joined(rotation_slips(narrow(*half), shift, narrow(value))) : "";
    }
    const std::size_t source = source_of(place.round, variant);
    if (source >= rows.size() || !rows[source].c || !rows[source].d) return {};
    if (source != place.round && row.c && row.d && value == subkey_from(row))
        return "it is the subkey of its own C and D, which this variant gives to another round or to none";
    const Causes causes = choice_2_slips(halves(rows[source]), halves(rows[source - 1]), value);
    return causes.empty() ? subkey_of_another(rows, source, value) : joined(causes);
}

// Round 0 may be left out. A row without a shift and without a subkey is round 0, whatever its number.
bool begins_with_1(const Table& table) {
    const bool has_both = table.has(shift_at) && table.has(subkey_at);
    return table[round_at] == 1 && !(has_both && table[shift_at] == 0 && table.cell(subkey_at).empty);
}

bool begins_next(const Table& table, std::uint64_t message, std::size_t rows) {
    return table[message_at] == message + 1 && (table[round_at] == 0 || (table[round_at] == 1 && rows > 1));
}

class ScheduleRules {
  public:
    ScheduleRules(const ScheduleRows& rows, const std::string& file, const des::Variant& variant)
        : rows_(rows), file_(file), variant_(variant) {}

    void check(std::uint64_t message) {
        const bool has_halves = rows_.size() > 1 && rows_[1].c && rows_[1].d;
        const SubkeyPlan plan =
            has_halves ? SubkeyPlan{} : plan_subkeys(subkeys(), {}, std::nullopt, std::nullopt, variant_);
        std::array<Term, 2> last;
        std::vector<std::array<Term, 2>> all; // C and D of each row
        std::vector<Term> keys;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const Term shift = add(shift_at, i, rows_[i].shift), key = add(subkey_at, i, rows_[i].subkey);
            const std::array<Term, 2> now = {add(c_at, i, rows_[i].c), add(d_at, i, rows_[i].d)};
            if (shift) rules_.fixed(shift, shift_of(i, variant_));
            for (const std::size_t half : {0U, 1U}) turn(last[half], now[half], shift_of(i, variant_));
            all.push_back(now);
            keys.push_back(key);
            if (i > 0 && source_of(i, variant_) <= i) choose(key, all[source_of(i, variant_)]);
            if (key && plan.expected[i]) rules_.fixed(key, *plan.expected[i]);
            if (i == 16) { // sixteen rounds move both halves once around
                for (const std::size_t half : {0U, 1U}) rules_.equal(now[half], first_[half]);
            }
            if (i == 0) first_ = now;
            last = now;
        }
        for (std::size_t i = 1; i < all.size(); ++i) { // those that are chosen from a later row
            if (const std::size_t source = source_of(i, variant_); source > i && source < all.size())
                choose(keys[i], all[source]);
        }
        throw_suspect(rules_, message, std::nullopt, [&](const Place& place, std::uint64_t value) {
            if (place.column.name != "subkey") return cause_of(rows_, place, value, variant_);
            return !plan.cause.empty() ? plan.cause : cause_of_subkeys(place, value);
        });
        if (!plan.doubt.empty()) throw doubt_about(file_, 0, plan.doubt);
    }

  private:
    Term add(ScheduleColumn column, std::size_t row, const std::optional<std::uint64_t>& value) {
        if (!value) return {};
        return rules_.add({.file = &file_,
                           .line = rows_[row].line,
                           .column = schedule_columns()[column],
                           .round = static_cast<unsigned>(row)},
                          *value);
    }

    void turn(const Term& before, const Term& after, unsigned shift) {
        if (!before || !after) return;
        rules_.reversible(after, des::rotate_28(narrow(*before), shift), before,
                          des::rotate_28(narrow(*after), 28 - shift));
    }

    void choose(const Term& key, const std::array<Term, 2>& halves) {
        if (!key || !halves[0] || !halves[1]) return;
        rules_.computed(key, des::permuted_choice_2(narrow(*halves[0]), narrow(*halves[1])), {&halves[0], &halves[1]});
    }

    // A slip in one subkey has to explain all that are wrong.
    std::string cause_of_subkeys(const Place& place, std::uint64_t value) const {
        std::vector<std::size_t> wrong;
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            const std::size_t source = source_of(i, variant_);
            const bool known = rows_[i].subkey && source < rows_.size() && rows_[source].c && rows_[source].d;
            if (known && *rows_[i].subkey != subkey_from(rows_[source])) wrong.push_back(i);
        }
        if (wrong.size() < 2 || !variant_.is_des()) return cause_of(rows_, place, value, variant_);
        Causes out;
        for (const ScheduleSlip& slip : schedule_slips(subkeys(), first_halves(rows_))) add_once(out, slip.words);
        if (!out.empty()) return joined(out);
        for (const std::size_t i : wrong) {
            const Causes here = choice_2_slips(halves(rows_[i]), halves(rows_[i - 1]), *rows_[i].subkey);
            if (i == wrong.front()) out = here;
            std::erase_if(out, [&](const std::string& words) { return std::ranges::find(here, words) == here.end(); });
        }
        return out.empty() ? subkey_of_another(rows_, place.round, value) : joined(out);
    }

    SubkeyList subkeys() const {
        SubkeyList out;
        for (std::size_t i = 1; i < rows_.size(); ++i) out[i - 1] = rows_[i].subkey;
        return out;
    }

    const ScheduleRows& rows_;
    const std::string& file_;
    const des::Variant& variant_;
    Rules rules_;
    std::array<Term, 2> first_;
};

} // namespace

ScheduleFile check_schedules(const std::filesystem::path& path, const des::Variant& variant) {
    Table table(path, schedule_columns());
    ScheduleFile out;
    std::uint64_t message = 0;
    while (!table.at_end()) {
        ScheduleRows rows;
        ++message;
        if (message > 1 && !table.has(message_at)) {
            throw table.needs(message_at, fmt::format("line {} begins another key schedule; add it", table.line()));
        }
        if (begins_with_1(table)) rows.emplace_back();
        // A schedule may break off, as in homework; a row that does not go on with it begins the next one.
        do {
            rows.push_back(read_row(table, message, rows.size()));
            table.advance();
        } while (!table.at_end() && rows.size() < whole_schedule && !begins_next(table, message, rows.size()));
        ScheduleRules(rows, table.name(), variant).check(message);
        out.messages.emplace(message, std::move(rows));
    }
    out.file = table.checked();
    return out;
}

void expect_schedules(const ScheduleFile& file, const std::vector<std::uint64_t>& messages, bool no_others) {
    WrongCell missing{.file = file.file.name, .line = 2, .column = {}, .value = {}, .expected = {}, .where = {}};
    for (const std::uint64_t message : messages) {
        const auto found = file.messages.find(message);
        const std::size_t rows = found == file.messages.end() ? 0 : found->second.size();
        if (rows > 0) missing.line = found->second.back().line + 1;
        if (rows == whole_schedule) continue;
        const std::string expected = row_text(message, rows);
        const auto next = file.messages.find(message + 1);
        if (next == file.messages.end()) {
            missing.expected = expected;
            throw missing;
        }
        throw WrongCell{.file = file.file.name,
                        .line = missing.line,
                        .column = "message",
                        .value = fmt::to_string(message + 1),
                        .expected = fmt::to_string(message),
                        .where = expected};
    }
    if (!no_others) return;
    for (const auto& [message, rows] : file.messages) {
        if (std::ranges::find(messages, message) != messages.end()) continue;
        throw WrongCell{.file = file.file.name,
                        .line = rows.back().line - (rows.size() - 1),
                        .column = "message",
                        .value = fmt::to_string(message),
                        .expected = "no more rows",
                        .where = "exchange.csv has no such message"};
    }
}

std::optional<std::uint64_t> first_halves(const ScheduleRows& rows) {
    if (rows.empty() || !rows[0].c || !rows[0].d) return std::nullopt;
    return halves(rows[0]);
}

} // namespace keyhole::verify
