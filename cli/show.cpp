#include "cli/show.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/terminal/terminal.hpp"
#include "core/steps/address.hpp"
#include "core/steps/step_json.hpp"

namespace keyhole::cli {
namespace {

// A value longer than this is cut on the screen, and says so; --json and CSV have it whole.
constexpr std::size_t longest_shown = 8192;

} // namespace

std::string value_line(const Value& value, std::size_t name_width) {
    const std::string hex = prefixed_hex(value.datum);
    const std::string shown = hex.empty() || hex.size() > longest_shown ? shown_text(value.datum, longest_shown) : hex;
    std::string line = fmt::format("  {:<{}}  {}", value.name, name_width, shown);
    if (const std::string bits = binary_text(value.datum); !bits.empty()) line += "  " + bits;
    if (const std::string decimal = decimal_text(value.datum); !hex.empty() && !decimal.empty())
        line += "  = " + decimal;
    if (hex.size() > 20) line += fmt::format("  ({} bits)", bit_size(value.datum));
    return line;
}

void print_all_steps(const Trace& trace) {
    const StepTree& tree = trace.tree();
    std::optional<Node> node = tree.total() > 0 ? std::optional(tree.at_number(1)) : std::nullopt;
    for (; node; node = tree.next(*node)) {
        const Step step = trace.step(*node);
        fmt::print("{}  {}\n", step.address, step.summary);
    }
}

std::string step_text(const Trace& trace, const Node& node) {
    const Step step = trace.step(node);
    std::string text = fmt::format("{}\n{}", bold(step.address), step.title);
    if (!step.source.empty()) text += fmt::format(" ({})", step.source);
    if (!step.mark.empty()) text += "\n" + step.mark;
    text += "\n\n";
    std::size_t name_width = 0;
    for (const Value& value : step.values) name_width = std::max(name_width, value.name.size());
    for (const Value& value : step.values) text += value_line(value, name_width) + "\n";
    return text + fmt::format("{}{}\n", step.values.empty() ? "" : "\n", prose(step.explanation));
}

void print_step_json(const Trace& trace, const Node& node) { fmt::print("{}\n", step_json(trace.step(node)).dump(2)); }

void print_all_json(const Trace& trace) {
    const StepTree& tree = trace.tree();
    std::string_view before = "[\n";
    for (std::optional<Node> node = tree.at_number(1); node; node = tree.next(*node)) {
        fmt::print("{}{}", before, step_json(trace.step(*node)).dump());
        before = ",\n";
    }
    fmt::print("\n]\n");
}

} // namespace keyhole::cli
