#include "viz/session/values_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

constexpr unsigned one_line_bits = 8;

bool is_hex(std::string_view text) { return text.starts_with("0x"); }

std::size_t characters(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

// The byte at which the `columns`-th character ends.
std::size_t prefix(std::string_view text, std::size_t columns) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (!continues_character(text[at]) && columns-- == 0) break;
        ++at;
    }
    return at;
}

} // namespace

std::string grouped_hex(const std::string& text, bool from_left) {
    if (!is_hex(text)) return text;
    const std::size_t end = std::min(text.find_first_not_of("0123456789ABCDEFabcdef", 2), text.size());
    if (end - 2 <= 16) return text;
    std::string out = "0x";
    for (std::size_t i = 2; i < end; ++i) {
        if (i > 2 && (from_left ? i - 2 : end - i) % 8 == 0) out += ' ';
        out += text[i];
    }
    return out + text.substr(end);
}

std::vector<ValueRow> value_rows(const Step& step, std::size_t limit) {
    std::vector<ValueRow> rows;
    for (const Value& value : step.values) {
        ValueRow row;
        row.name = readable(value.name);
        row.text = grouped_hex(shown_text(value.datum, limit), std::holds_alternative<Octets>(value.datum));
        row.binary = binary_text(value.datum);
        row.decimal = decimal_text(value.datum);
        row.in_figures = !std::holds_alternative<Word>(value.datum);
        // "output" means an S-box's; a block's output is no part of one.
        row.meaning =
            value.name == "output" && step.node.kind() != Kind::sbox ? Meaning::plain : meaning_of(value.name);
        if (row.decimal == row.text) row.decimal.clear();
        if (const auto* big = std::get_if<BigValue>(&value.datum);
            big != nullptr && row.decimal.empty() && much_shorter(*big) && bit_length(big->number) > 64) {
            row.text = grouped_hex(to_prefixed_hex(big->number));
            row.decimal = fmt::format("{} of {} bits", bit_length(big->number), big->bits);
        }
        if (const auto* bits = std::get_if<Bits>(&value.datum); bits != nullptr && bits->width <= one_line_bits) {
            row.binary = plain_binary(*bits);
            row.one_line = true;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
    columns = std::max<std::size_t>(columns, 1);
    std::vector<std::string> lines;
    std::string_view rest = text;
    while (characters(rest) > columns) {
        std::size_t cut = prefix(rest, columns);
        const std::size_t space = rest.substr(0, cut + 1).rfind(' ');
        const bool at_space = space != std::string_view::npos && space > 0;
        if (at_space) cut = space;
        lines.emplace_back(rest.substr(0, cut));
        rest.remove_prefix(at_space ? cut + 1 : cut);
    }
    lines.emplace_back(rest);
    return lines;
}

} // namespace keyhole::viz
