#include "core/verify/slips/selection_slip.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/bits.hpp"

namespace keyhole::verify {

void add_once(Causes& causes, std::string words) {
    if (std::ranges::find(causes, words) == causes.end()) causes.push_back(std::move(words));
}

std::string joined(const Causes& causes) { return fmt::format("{}", fmt::join(causes, ", or ")); }

std::uint64_t mirrored(std::uint64_t value, unsigned width) {
    std::uint64_t out = 0;
    for (unsigned position = 1; position <= width; ++position) {
        out |= std::uint64_t{bit_at(value, width, position)} << (position - 1);
    }
    return out;
}

Causes selection_slips(const SelectionTable& table, std::uint64_t input, std::uint64_t wrong) {
    const unsigned wider = table.in > table.out ? table.in - table.out : 0;
    const unsigned narrower = table.out > table.in ? table.out - table.in : 0;
    const std::uint64_t first = input >> wider << narrower, last = input & low_mask(table.out);
    if (wrong == first || wrong == last) return {fmt::format("{} was left out", table.name)};
    const std::uint64_t from_right = table.select(mirrored(input, table.in));
    for (const std::uint64_t slip :
         {from_right, mirrored(from_right, table.out), mirrored(table.select(input), table.out)}) {
        if (wrong == slip) return {fmt::format("{} counted the bits from the other end", table.name)};
    }
    return {};
}

} // namespace keyhole::verify
