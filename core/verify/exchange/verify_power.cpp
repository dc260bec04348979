#include "core/verify/exchange/verify_power.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/verify/cells/number_cell.hpp"
#include "core/verify/exchange/power_rows.hpp"
#include "core/verify/exchange/power_slip.hpp"
#include "core/verify/exchange/verify_power_values.hpp"

namespace keyhole::verify {
namespace {

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
        const bool top = i == 1; // and so a 1
        if (top && at_end && multiplies)
            throw WrongCell{.file = all.file,
                            .line = before.line + 1,
                            .column = {},
                            .value = {},
                            .expected = power_step(all.name, 2),
                            .where = {}};
        if (all.has_bit && !top && !before.multiply && !follows_as(multiplies) && follows_as(!multiplies)) {
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
                            .expected = power_step(all.name, i + 1),
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
    Table table = power_table(path);
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
    if (number < expected.size()) throw table.ends_early(power_step(expected[number].address, 1));
    return table.checked();
}

} // namespace keyhole::verify
