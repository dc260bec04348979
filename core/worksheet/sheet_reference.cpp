#include "core/worksheet/sheet_reference.hpp"

#include <fmt/format.h>

#include "core/des/des_tables.hpp"

namespace keyhole::worksheet {
namespace {

template <std::size_t N>
std::string selection(std::string_view caption, const des::Selection<N>& table, std::size_t columns) {
    std::string out = fmt::format("<table class=\"bits\"><caption>{}</caption>\n<tbody>\n", caption);
    for (std::size_t i = 0; i < N; ++i) {
        if (i % columns == 0) out += "<tr>";
        out += fmt::format("<td>{}</td>", table[i]);
        if ((i + 1) % columns == 0) out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

std::string box(unsigned number) {
    std::string out = fmt::format("<table class=\"bits\"><caption>S{}</caption>\n<thead><tr><td></td>", number);
    for (int column = 0; column < 16; ++column) out += fmt::format("<th scope=\"col\">{}</th>", column);
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < 4; ++row) {
        out += fmt::format("<tr><th scope=\"row\">{}</th>", row);
        for (const unsigned value : des::s_boxes[number - 1][row]) out += fmt::format("<td>{}</td>", value);
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

std::string boxes() {
    std::string out;
    for (unsigned number = 1; number <= 8; ++number) out += box(number);
    return out;
}

std::string shifts() {
    std::string head, body;
    for (std::size_t round = 1; round <= 16; ++round) {
        head += fmt::format("<th scope=\"col\">{}</th>", round);
        body += fmt::format("<td>{}</td>", des::shift_table[round - 1]);
    }
    return fmt::format(
        "<table class=\"bits\"><caption>Left shifts of C and D</caption>\n<thead><tr><th "
        "scope=\"row\">round</th>{}</tr></thead>\n"
        "<tbody><tr><th scope=\"row\">places</th>{}</tr></tbody></table>\n",
        head, body);
}

std::string section(std::string_view heading, const std::string& tables) {
    return fmt::format("<section class=\"reference\">\n<h2>{}</h2>\n<div class=\"side\">\n{}</div>\n</section>\n",
                       heading, tables);
}

const std::string bits_heading = "Selection tables (numbers of bits, 1 is the leftmost)";

} // namespace

std::string reference_tables(SheetKind kind) {
    const auto ip = [] { return selection("IP", des::ip_table, 8); };
    const auto fp = [] { return selection("Inverse of IP", des::fp_table, 8); };
    const auto e = [] { return selection("E", des::e_table, 6); };
    const auto p = [] { return selection("P", des::p_table, 4); };
    switch (kind) {
        case SheetKind::sbox: return section("The S-boxes", boxes());
        case SheetKind::round: return section(bits_heading, e() + p()) + section("The S-boxes", boxes());
        case SheetKind::schedule:
            return section("Shifts", shifts()) +
                   section(bits_heading, selection("PC-1 (rows 1 to 4: C, rows 5 to 8: D)", des::pc1_table, 7) +
                                             selection("PC-2 (1 to 28: C, 29 to 56: D)", des::pc2_table, 6));
        case SheetKind::block: return section(bits_heading, ip() + fp() + e() + p()) + section("The S-boxes", boxes());
        case SheetKind::message: return section(bits_heading, ip() + fp());
        default: return {};
    }
}

} // namespace keyhole::worksheet
