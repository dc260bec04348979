#include "core/verify/verify_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/verify/cells/table.hpp"
#include "core/verify/verify_power_values.hpp"

namespace keyhole::verify {
namespace {

enum PowerColumn : std::size_t { operation_at, step_at, bit_index_at, bit_at, action_at, value_at };

constexpr std::array operation_names = {"modexp", "keys/server.public", "keys/client.public", "secret/server.shared",
                                        "secret/client.shared"};

std::string where(const std::string& operation, std::uint64_t step) {
    return fmt::format("{}, step {}", operation, step);
}

Number read_value(const Table& table, const std::string& at) {
    try {
        return parse_number(table.text(value_at), "value");
    } catch (const Error&) {
        throw table.wrong(value_at, "a decimal number, or hex with 0x", at);
    }
}

// The rows of one operation, their counters checked as far as the row itself tells.
struct OperationRows {
    std::string name, file;
    std::vector<PowerRow> rows;

    WrongCell wrong(std::size_t row, const char* column, std::string value, std::string expected) const {
        return {.file = file,
                .line = rows[row].line,
                .column = column,
                .value = std::move(value),
                .expected = std::move(expected),
                .where = where(name, row + 1)};
    }

    WrongCell wrong(const Disagreement& found) const {
        if (found.expected) return wrong(found.rows[0], "value", rows[found.rows[0]].cell, to_text(*found.expected));
        std::vector<std::uint64_t> lines;
        for (const std::size_t row : found.rows) lines.push_back(rows[row].line);
        const std::string which =
            lines.empty()       ? fmt::format("which of lines {} to {} are wrong", rows[0].line, rows.back().line)
            : lines.size() == 1 ? fmt::format("what line {} should be", lines[0])
                                : fmt::format("which of lines {} is wrong", fmt::join(lines, ", "));
        WrongCell out;
        out.file = file;
        out.doubt = fmt::format(
            "the values of {} do not fit together (base and modulus are not known, so it cannot be said {}; put an "
            "exchange.csv with them beside it)",
            name, which);
        return out;
    }
};

OperationRows read_operation(Table& table, const std::vector<csv::Operation>& known, std::size_t number) {
    OperationRows out{.name = std::string(table.text(operation_at)), .file = table.name(), .rows = {}};
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
        if (table.text(operation_at) != out.name) {
            if (table[step_at] == step && step != 1) throw table.wrong(operation_at, out.name, where(out.name, step));
            break;
        }
        const std::string at = where(out.name, step);
        if (table[step_at] != step) throw table.wrong(step_at, fmt::to_string(step), at);
        const std::string_view action = table.text(action_at);
        if (action != "square" && action != "multiply") throw table.wrong(action_at, "square or multiply", at);
        if (table[bit_at] > 1) throw table.wrong(bit_at, action == "multiply" ? "1" : "0 or 1", at);
        out.rows.push_back({.line = table.line(),
                            .bit_index = table[bit_index_at],
                            .bit = table[bit_at],
                            .multiply = action == "multiply",
                            .value = read_value(table, at),
                            .cell = std::string(table.text(value_at))});
    }
    return out;
}

const char* action_name(bool multiply) { return multiply ? "multiply" : "square"; }

void expect_row(const OperationRows& all, std::size_t i, std::uint64_t bit_index, std::optional<std::uint64_t> bit,
                bool multiply) {
    const PowerRow& row = all.rows[i];
    if (row.bit_index != bit_index) {
        throw all.wrong(i, "bit_index", fmt::to_string(row.bit_index), fmt::to_string(bit_index));
    }
    if (row.multiply != multiply) throw all.wrong(i, "action", action_name(row.multiply), action_name(multiply));
    if (bit && row.bit != *bit) throw all.wrong(i, "bit", fmt::to_string(row.bit), fmt::to_string(*bit));
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
        if (!before.multiply && !follows_as(multiplies) && follows_as(!multiplies)) {
            throw all.wrong(i - 1, "bit", fmt::to_string(before.bit), multiplies ? "0" : "1");
        }
        if (at_end) break;
        expect_row(all, i, before.bit_index + (multiplies ? 0 : 1),
                   multiplies ? std::optional<std::uint64_t>(1) : std::nullopt, multiplies);
    }
}

void check_known(const OperationRows& all, const csv::Operation& operation) {
    const PowerTrace trace = trace_power(operation.base, operation.exponent, operation.modulus);
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
        if (all.rows[i].value != value) throw all.wrong(i, "value", all.rows[i].cell, to_text(value, bits));
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
    Table table(path, columns(csv::modexp_header, {text, decimal, decimal, decimal, text, text}));
    std::vector<csv::Operation> expected;
    for (const csv::Operation& operation : known) {
        if (operation.exponent != 0) expected.push_back(operation); // an exponent of 0 has no rows
    }
    std::size_t number = 0;
    for (; !table.at_end(); ++number) {
        const OperationRows rows = read_operation(table, expected, number);
        if (number < expected.size()) {
            check_known(rows, expected[number]);
            continue;
        }
        check_order(rows);
        if (const auto found = find_disagreement(rows.rows)) throw rows.wrong(*found);
    }
    if (number < expected.size()) throw table.ends_early(where(expected[number].address, 1));
    return {table.name(), table.rows()};
}

} // namespace keyhole::verify
