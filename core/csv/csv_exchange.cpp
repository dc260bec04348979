#include "core/csv/csv_exchange.hpp"

#include <fmt/format.h>

#include "core/steps/trace.hpp"

namespace keyhole {
namespace {

// RFC 4180, section 2: a field with a comma, a quote or a line end is quoted, and its quotes are doubled.
std::string field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') out += '"';
    }
    return out + '"';
}

} // namespace

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
                                  field(full_text(value.datum))));
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
