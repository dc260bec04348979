#include "core/verify/exchange/power_slip.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/verify/cells/column_base.hpp"

namespace keyhole::verify {

std::string value_slip(const std::vector<PowerRow>& rows, std::size_t i, const csv::Operation& operation) {
    const Number& wrong = rows[i].value;
    if (has_only_15_digits(rows[i].cell)) return rounded_words;
    if (i == 0) return {};
    const Number& before = rows[i - 1].value;
    const bool multiply = rows[i].multiply;
    const Number square = before * before, product = before * operation.base;
    const Number &right = multiply ? product : square, &other = multiply ? square : product;
    if (wrong == right) return "it was not reduced by the modulus";
    if (wrong == before)
        return fmt::format("it is the value before: the {} was left out", multiply ? "multiplication" : "squaring");
    if (wrong == other % operation.modulus) return multiply ? "it was squared" : "it was multiplied by the base";
    if (!multiply && wrong == 2 * before % operation.modulus) return "it was doubled instead of squared";
    if (multiply && before != 1 && wrong == (before + operation.base) % operation.modulus) return "the base was added";
    return {};
}

bool bits_are_reversed(const std::vector<PowerRow>& rows, const PowerTrace& trace) {
    std::vector<std::uint64_t> read, right;
    for (const PowerRow& row : rows)
        if (!row.multiply) read.push_back(row.bit);
    for (const PowerStep& step : trace.steps) right.push_back(step.bit);
    return read != right && std::equal(read.begin(), read.end(), right.rbegin(), right.rend());
}

} // namespace keyhole::verify
