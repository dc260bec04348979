#include "core/verify/exchange/verify_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/verify/cells/number_cell.hpp"
#include "core/verify/cells/table.hpp"
#include "core/verify/exchange/power_slip.hpp"
#include "core/verify/exchange/verify_power_values.hpp"

namespace keyhole::verify {
namespace {

enum PowerColumn : std::size_t { operation_at, step_at, bit_index_at, bit_at, action_at, value_at };

constexpr std::array operation_names = {"modexp", "keys/server.public", "keys/client.public", "secret/server.shared",
                                        "secret/client.shared"};

std::string where(const std::string& operation, std::uint64_t step) {
    return fmt::format("{}, step {}", operation, step);
}

Number read_value(const Table& table, const std::string& at) {
    const std::string_view cell = table.text(value_at);
    if (const auto number = number_in_cell(cell)) return *number;
    WrongCell wrong = table.wrong(value_at, "a decimal number, or hex with 0x", at);
    if (has_exponent(cell)) wrong.cause = rounded_words;
    throw wrong;
}

// The rows of one operation, their counters checked as far as the row itself tells.
struct OperationRows {
    std::string name, file;
    bool has_bit_index = true, has_bit = true; // columns
    std::vector<PowerRow> rows{};

    WrongCell wrong(std::size_t row, const char* column, std::string_view value, std::string expected) const {
        return {.file = file,
                .line = rows[row].line,
                .column = column,
                .value = excerpt(value, longest_quoted),
                .expected = std::move(expected),
                .where = where(name, row + 1)};
    }

    // The first of the values where a spreadsheet has rounded all that are too long for it.
    std::optional<std::size_t> rounded() const {
        std::optional<std::size_t> first;
        std::size_t zeros = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string_view digits = digits_of(rows[i].cell, {}).text;
            if (digits.size() <= 15 || says_hex(rows[i].cell)) continue;
            if (!has_only_15_digits(digits)) return std::nullopt;
            zeros += digits.size() - 15;
            if (!first) first = i;
        }
        return zeros > 2 ? first : std::nullopt; // fewer zeros at the end of a number say nothing
    }

    WrongCell wrong(const Disagreement& found) const {
        if (const auto row = rounded()) {
            WrongCell out = wrong(*row, "value", rows[*row].cell, "");
            out.cause = rounded_words;
            return out;
        }
        if (found.expected) return wrong(found.rows[0], "value", rows[found.rows[0]].cell, to_text(*found.expected));
        std::vector<std::uint64_t> lines;
        for (const std::size_t row : found.rows) lines.push_back(rows[row].line);
        const std::string which =
            lines.empty()       ? fmt::format("which of lines {} to {} are wrong", rows[0].line, rows.back().line)
            : lines.size() == 1 ? fmt::format("what line {} should be", lines[0])
                                : fmt::format("which of lines {} is wrong", fmt::join(lines, ", "));
        return doubt_about(
            file, 0,
            fmt::format(
                "the values of {} do not fit together (base and modulus are not known, so it cannot be said {}; put "
                "an exchange.csv with them beside it)",
                name, which));
    }
};

// A column that is missing is what the others say: another bit is squared first.
void read_row(const Table& table, OperationRows& out) {
    const std::uint64_t step = out.rows.size() + 1, last = out.rows.empty() ? 0 : out.rows.back().bit_index;
    const std::string at = where(out.name, step);
    if (table.has(step_at) && table[step_at] != step) throw table.wrong(step_at, fmt::to_string(step), at);
    const std::string_view action = table.text(action_at);
    const bool multiply = table.has(action_at) ? action == "multiply" : table[bit_index_at] == last;
    if (table.has(action_at) && action != "square" && !multiply) throw table.wrong(action_at, "square or multiply", at);
    if (table.has(bit_at) && table[bit_at] > 1) throw table.wrong(bit_at, multiply ? "1" : "0 or 1", at);
    out.rows.push_back({.line = table.line(),
                        .bit_index = table.has(bit_index_at) ? table[bit_index_at] : last + (multiply ? 0 : 1),
                        .bit = table[bit_at],
                        .multiply = multiply,
                        .value = read_value(table, at),
                        .cell = std::string(table.text(value_at))});
}

OperationRows read_operation(Table& table, const std::vector<csv::Operation>& known, std::size_t number) {
    OperationRows out{.name = std::string(table.text(operation_at)),
                      .file = table.name(),
                      .has_bit_index = table.has(bit_index_at),
                      .has_bit = table.has(bit_at)};
    if (!table.has(operation_at)) {
        if (known.size() > 1) throw table.needs(operation_at, "exchange.csv has more than one; add it");
        out.name = known.empty() ? "modexp" : known[0].address;
    }
    const auto is_name = [&](const char* name) { return out.name == name; };
    if (!known.empty()) {
        if (number >= known.size()) throw table.wrong(operation_at, "no more rows", where(out.name, 1));
        if (out.name != known[number].address) {
            throw table.wrong(operation_at, known[number].address, where(known[number].address, 1));
        }
    } else if (std::none_of(operation_names.begin(), operation_names.end(), is_name)) {
        throw table.wrong(operation_at, "the address of a modular exponentiation", where("row", 1));
    }
    for (; !table.at_end(); table.advance()) {
        const std::uint64_t step = out.rows.size() + 1;
        if (table.has(operation_at) && table.text(operation_at) != out.name) {
            if (table.has(step_at) && table[step_at] == step && step != 1) {
                throw table.wrong(operation_at, out.name, where(out.name, step));
            }
            break;
        }
        read_row(table, out);
    }
    // Without the column, the row that follows tells the bit.
    for (std::size_t i = 0; !table.has(bit_at) && i < out.rows.size(); ++i) {
        out.rows[i].bit = out.rows[i].multiply || (i + 1 < out.rows.size() && out.rows[i + 1].multiply) ? 1 : 0;
    }
    return out;
}

const char* action_name(bool multiply) { return multiply ? "multiply" : "square"; }

// Of a row that is not the one that should follow: the row that is missing before it, or that there should be none.
// Nothing where the row may be the right one with one wrong cell.
std::string cause_of_order(const OperationRows& all, std::size_t i, std::uint64_t bit_index, bool multiply) {
    if (!all.has_bit_index) return {};
    const PowerRow& row = all.rows[i];
    const auto goes_on_at = [&](std::size_t next) {
        return next == all.rows.size() || all.rows[next].bit_index == bit_index + 1;
    };
    if (!row.multiply && row.bit_index == bit_index + 1)
        return multiply ? fmt::format("bit {} is 1 and the multiplication by the base is missing", bit_index)
                        : fmt::format("the squaring of bit {} is missing", bit_index);
    if (!multiply && row.multiply && row.bit == 1 && row.bit_index == bit_index && goes_on_at(i + 1))
        return fmt::format("the squaring of bit {} is missing", bit_index);
    if (!multiply && row.multiply && row.bit_index + 1 == bit_index)
        return fmt::format("bit {} is 0 and nothing is multiplied", row.bit_index);
    return {};
}

void expect_row(const OperationRows& all, std::size_t i, std::uint64_t bit_index, std::optional<std::uint64_t> bit,
                bool multiply) {
    const PowerRow& row = all.rows[i];
    const auto wrong = [&](const char* column, std::string_view value, std::string expected) {
        WrongCell out = all.wrong(i, column, value, std::move(expected));
        out.cause = cause_of_order(all, i, bit_index, multiply);
        return out;
    };
    if (all.has_bit_index && row.bit_index != bit_index)
        throw wrong("bit_index", fmt::to_string(row.bit_index), fmt::to_string(bit_index));
    if (row.multiply != multiply) throw wrong("action", action_name(row.multiply), action_name(multiply));
    if (all.has_bit && bit && row.bit != *bit) throw all.wrong(i, "bit", fmt::to_string(row.bit), fmt::to_string(*bit));
}

// Every bit squares, a 1 bit then multiplies. Where a bit and the row after it disagree, that row may prove the bit
// wrong.
void check_order(const OperationRows& all) {
    expect_row(all, 0, 1, 1, false); // an exponent's top bit is 1
    for (std::size_t i = 1; i <= all.rows.size(); ++i) {
        const PowerRow& before = all.rows[i - 1];
        const bool multiplies = !before.multiply && before.bit == 1;
        const bool at_end = i == all.rows.size();
        const auto follows_as = [&](bool multiply) {
            if (at_end) return !multiply;
            const PowerRow& row = all.rows[i];
            return row.multiply == multiply && row.bit_index == before.bit_index + (multiply ? 0 : 1) &&
                   (!multiply || row.bit == 1);
        };
        if (all.has_bit && !before.multiply && !follows_as(multiplies) && follows_as(!multiplies)) {
            WrongCell wrong = all.wrong(i - 1, "bit", fmt::to_string(before.bit), multiplies ? "0" : "1");
            if (multiplies) wrong.cause = "or else the row of its multiplication is missing";
            throw wrong;
        }
        if (at_end) break;
        expect_row(all, i, before.bit_index + (multiplies ? 0 : 1),
                   multiplies ? std::optional<std::uint64_t>(1) : std::nullopt, multiplies);
    }
}

// Where two long numbers part, which their beginnings do not show.
std::string parting_of(std::string_view value, std::string_view expected) {
    const auto [part, other] = std::mismatch(value.begin(), value.end(), expected.begin(), expected.end());
    const auto digits = static_cast<std::size_t>(part - value.begin());
    if (value.size() <= longest_quoted || digits < longest_quoted / 2) return {};
    return fmt::format("its first {} characters are right", digits);
}

void check_known(const OperationRows& all, const csv::Operation& operation, const PowerTrace& trace) {
    const std::size_t bits = bit_length(operation.modulus);
    std::size_t i = 0;
    const auto next = [&](std::size_t bit_index, unsigned bit, bool multiply, const Number& value) {
        if (i == all.rows.size()) {
            throw WrongCell{.file = all.file,
                            .line = all.rows.empty() ? 2 : all.rows.back().line + 1,
                            .column = {},
                            .value = {},
                            .expected = where(all.name, i + 1),
                            .where = {}};
        }
        expect_row(all, i, bit_index, bit, multiply);
        if (all.rows[i].value != value) {
            const bool hex = says_hex(all.rows[i].cell);
            WrongCell wrong =
                all.wrong(i, "value", all.rows[i].cell, hex ? csv::number_cell(value, bits) : to_text(value));
            wrong.cause = value_slip(all.rows, i, operation);
            if (wrong.cause.empty()) wrong.cause = parting_of(all.rows[i].cell, wrong.expected);
            throw wrong;
        }
        ++i;
    };
    for (std::size_t bit = 0; bit < trace.steps.size(); ++bit) {
        const PowerStep& step = trace.steps[bit];
        next(bit + 1, step.bit, false, step.squared);
        if (step.multiplied) next(bit + 1, step.bit, true, *step.multiplied);
    }
    if (i < all.rows.size()) throw all.wrong(i, "step", fmt::to_string(i + 1), "no more rows");
}

} // namespace

CheckedFile check_powers(const std::filesystem::path& path, const std::vector<csv::Operation>& known) {
    using enum Format;
    Table table(path, columns(csv::modexp_header, {words, counter, counter, counter, words, words}, {"value"}));
    if (!table.has(action_at) && !table.has(bit_index_at)) {
        throw table.needs(action_at, "nothing tells squarings from multiplications; add it or bit_index");
    }
    std::vector<csv::Operation> expected;
    for (const csv::Operation& operation : known) {
        if (operation.exponent != 0) expected.push_back(operation); // an exponent of 0 has no rows
    }
    std::size_t number = 0;
    for (; !table.at_end(); ++number) {
        const OperationRows rows = read_operation(table, expected, number);
        if (number < expected.size()) {
            const csv::Operation& one = expected[number];
            const PowerTrace trace = trace_power(one.base, one.exponent, one.modulus);
            try {
                check_known(rows, one, trace);
            } catch (WrongCell& wrong) {
                if (bits_are_reversed(rows.rows, trace))
                    wrong.cause = "the bits of the exponent are taken from the lowest on";
                throw;
            }
            continue;
        }
        check_order(rows);
        if (const auto found = find_disagreement(rows.rows)) throw rows.wrong(*found);
    }
    if (number < expected.size()) throw table.ends_early(where(expected[number].address, 1));
    return table.checked();
}

} // namespace keyhole::verify
