#include "paper/page/step_html.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/markup.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"

namespace keyhole::paper {
namespace {

// A longer value is cut on the page and says so; --json and CSV have it whole.
constexpr std::size_t longest_value = 16384; // characters

struct Row {
    std::string name, value, bits, decimal;
};

Row row_of(const Value& value) {
    Row row{.name = std::string(value.name),
            .value = prefixed_hex(value.datum),
            .bits = binary_text(value.datum),
            .decimal = {}};
    if (row.value.empty() || row.value.size() > longest_value) {
        const auto* octets = std::get_if<Octets>(&value.datum);
        const bool whole_text = octets != nullptr && octets->text && octets->view.size() <= longest_value;
        row.value = whole_text ? full_text(value.datum) : shown_text(value.datum, longest_value);
    }
    row.decimal = decimal_text(value.datum);
    if (row.decimal == row.value) row.decimal.clear();
    return row;
}

std::string cell(std::string_view text) { return fmt::format("<td>{}</td>", markup(text)); }

std::string table(const std::vector<Value>& values, const HiddenValue& hidden) {
    if (values.empty()) return {};
    std::vector<Row> rows;
    rows.reserve(values.size());
    for (const Value& value : values)
        rows.push_back(hidden && hidden(value) ? Row{std::string(value.name), "?", {}, {}} : row_of(value));
    const bool bits = std::ranges::any_of(rows, [](const Row& r) { return !r.bits.empty(); });
    const bool decimal = std::ranges::any_of(rows, [](const Row& r) { return !r.decimal.empty(); });
    std::string out =
        fmt::format("<table><thead><tr><th scope=\"col\">name</th><th scope=\"col\">value</th>{}{}</tr></thead><tbody>",
                    bits ? "<th scope=\"col\">bits</th>" : "", decimal ? "<th scope=\"col\">decimal</th>" : "");
    for (const Row& row : rows) {
        out += fmt::format("<tr><th scope=\"row\">{}</th>{}", row.name, cell(row.value));
        if (bits) out += cell(row.bits);
        if (decimal) out += cell(row.decimal);
        out += "</tr>";
    }
    return out + "</tbody></table>\n";
}

} // namespace

bool hides(const Step& step, const HiddenValue& hidden) { return hidden && std::ranges::any_of(step.values, hidden); }

std::string step_html(const Step& step, const HiddenValue& hidden) {
    const std::size_t level = std::min<std::size_t>(step.node.depth() + 1, 6);
    std::string out =
        fmt::format("<h{} tabindex=\"-1\">{} <code>{}</code></h{}>\n", level, markup(step.title), step.address, level);
    if (!step.mark.empty()) out += fmt::format("<p class=\"not-des\">{}</p>\n", markup(step.mark));
    if (!step.source.empty()) out += fmt::format("<p class=\"source\">{}</p>\n", markup(step.source));
    if (!hides(step, hidden)) out += fmt::format("<p>{}</p>\n", markup(step.explanation));
    return out + table(step.values, hidden);
}

std::string rounds_html(const Trace& trace, const Node& block) {
    const unsigned rounds = trace.recording().variant.rounds;
    std::string out = fmt::format("<table class=\"rounds\"><caption>Its {}</caption><thead>",
                                  rounds == 16 ? "sixteen rounds" : counted(rounds, "round"));
    out +=
        "<tr><th scope=\"col\">round</th><th "
        "scope=\"col\">left in</th><th scope=\"col\">right in</th><th scope=\"col\">subkey</th><th "
        "scope=\"col\">f</th><th "
        "scope=\"col\">left out</th><th scope=\"col\">right out</th></tr></thead><tbody>";
    for (std::uint64_t n = 1; n <= rounds; ++n) {
        const Node node = block.child({.kind = Kind::round, .number = n});
        const des::RoundTrace& r = trace.round(node);
        out += fmt::format("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th>", address(node), n);
        for (const Bits& bits : {Bits{r.left_in, 32}, Bits{r.right_in, 32}, Bits{r.subkey, 48}, Bits{r.p_out, 32},
                                 Bits{r.left_out, 32}, Bits{r.right_out, 32}})
            out += cell(hex_text(bits));
        out += "</tr>";
    }
    return out + "</tbody></table>\n";
}

} // namespace keyhole::paper
