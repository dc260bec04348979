#include "core/verify/exchange/power_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/verify/cells/number_cell.hpp"

namespace keyhole::verify {
namespace {

enum PowerColumn : std::size_t { operation_at, step_at, bit_index_at, bit_at, action_at, value_at };

constexpr std::array operation_names = {"modexp", "keys/server.public", "keys/client.public", "secret/server.shared",
                                        "secret/client.shared"};

Number read_value(const Table& table, const std::string& at) {
    const std::string_view cell = table.text(value_at);
    if (const auto number = number_in_cell(cell)) return *number;
    WrongCell wrong = table.wrong(value_at, "a decimal number, or hex with 0x", at);
    if (has_exponent(cell)) wrong.cause = rounded_words;
    throw wrong;
}

// A column that is missing is what the others say: another bit is squared first.
void read_row(const Table& table, OperationRows& out) {
    const std::uint64_t step = out.rows.size() + 1, last = out.rows.empty() ? 0 : out.rows.back().bit_index;
    const std::string at = power_step(out.name, step);
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

} // namespace

std::string power_step(const std::string& operation, std::uint64_t step) {
    return fmt::format("{}, step {}", operation, step);
}

WrongCell OperationRows::wrong(std::size_t row, const char* column, std::string_view value,
                               std::string expected) const {
    return {.file = file,
            .line = rows[row].line,
            .column = column,
            .value = excerpt(value, longest_quoted),
            .expected = std::move(expected),
            .where = power_step(name, row + 1)};
}

std::optional<std::size_t> OperationRows::rounded() const {
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

WrongCell OperationRows::wrong(const Disagreement& found) const {
    if (const auto row = rounded()) {
        WrongCell out = wrong(*row, "value", rows[*row].cell, "");
        out.cause = rounded_words;
        return out;
    }
    if (found.expected) return wrong(found.rows[0], "value", rows[found.rows[0]].cell, to_text(*found.expected));
    std::vector<std::uint64_t> lines;
    for (const std::size_t row : found.rows) lines.push_back(rows[row].line);
    const std::string which = lines.empty()
                                  ? fmt::format("which of lines {} to {} are wrong", rows[0].line, rows.back().line)
                              : lines.size() == 1 ? fmt::format("what line {} should be", lines[0])
                                                  : fmt::format("which of lines {} is wrong", fmt::join(lines, ", "));
    return doubt_about(
        file, 0,
        fmt::format(
            "the values of {} do not fit together (base and modulus are not known, so it cannot be said {}; put "
            "an exchange.csv with them beside it)",
            name, which));
}

Table power_table(const std::filesystem::path& path) {
    using enum Format;
    Table table(path, columns(csv::modexp_header, {words, counter, counter, counter, words, words}, {"value"}));
    if (!table.has(action_at) && !table.has(bit_index_at)) {
        throw table.needs(action_at, "nothing tells squarings from multiplications; add it or bit_index");
    }
    return table;
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
        if (number >= known.size()) throw table.wrong(operation_at, "no more rows", power_step(out.name, 1));
        if (out.name != known[number].address) {
            throw table.wrong(operation_at, known[number].address, power_step(known[number].address, 1));
        }
    } else if (std::none_of(operation_names.begin(), operation_names.end(), is_name)) {
        throw table.wrong(operation_at, "the address of a modular exponentiation", power_step("row", 1));
    }
    for (; !table.at_end(); table.advance()) {
        const std::uint64_t step = out.rows.size() + 1;
        if (table.has(operation_at) && table.text(operation_at) != out.name) {
            if (table.has(step_at) && table[step_at] == step && step != 1) {
                throw table.wrong(operation_at, out.name, power_step(out.name, step));
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

} // namespace keyhole::verify
