#include "core/csv/csv_exchange.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/csv/csv_field.hpp"
#include "core/csv/csv_power.hpp"
#include "core/steps/trace.hpp"

namespace keyhole {
namespace {

std::string cell_text(const Datum& datum) {
    const auto* const big = std::get_if<BigValue>(&datum);
    return big != nullptr ? csv::number_cell(big->number, big->bits) : full_text(datum);
}

bool begins_formula(std::string_view text) {
    constexpr std::string_view starts[] = {"=",  "+",      "-",      "@",      "\t",    "\r",
                                           "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    return std::ranges::any_of(starts, [&](std::string_view start) { return text.starts_with(start); });
}

} // namespace

std::string guarded(std::string_view text) { return (begins_formula(text) ? "'" : "") + std::string(text); }

std::string_view unguarded(std::string_view cell) {
    return cell.starts_with('\'') && begins_formula(cell) ? cell.substr(1) : cell;
}

std::optional<std::uint64_t> write_exchange_csv(const Recording& recording, FileWriter& out,
                                                const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
    constexpr std::uint64_t steps_between_reports = 1024;
    const Trace trace(recording);
    const StepTree& tree = trace.tree();
    std::uint64_t number = 1, rows = 0, looked_at = 0;
    std::optional<Node> node = tree.total() > 0 ? std::optional(tree.at_number(1)) : std::nullopt;
    while (node) {
        if (progress && ++looked_at % steps_between_reports == 0 && !progress(number, tree.total()))
            return std::nullopt;
        const Step step = trace.step(*node);
        const std::string party = step.party ? std::string(name(*step.party)) : std::string();
        for (const Value& value : step.values) {
            out.write(fmt::format("{},{},{},{},{}\r\n", number, step.address, party, value.name,
                                  csv::field(guarded(cell_text(value.datum)))));
            ++rows;
        }
        if (node->kind() == Kind::block && node->last().number > blocks_listed_in_full) {
            number += tree.size(*node);
            node = tree.next_over(*node);
        } else {
            ++number;
            node = tree.next(*node);
        }
    }
    return rows;
}

} // namespace keyhole
