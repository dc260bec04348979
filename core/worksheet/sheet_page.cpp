#include "core/worksheet/sheet_page.hpp"

#include <fmt/format.h>

#include "core/base/markup.hpp"
#include "core/base/number_word.hpp"
#include "core/base/words.hpp"
#include "core/steps/step.hpp"
#include "core/worksheet/sheet_reference.hpp"
#include "core/worksheet/sheet_words.hpp"

namespace keyhole::worksheet {
namespace {

// Nothing but black on white, and no size of paper: margins and wrapping fit A4 and Letter alike.
constexpr std::string_view style = R"(
@page { margin: 14mm 13mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.4 "Liberation Sans", Arial, Helvetica, sans-serif; color: #000; background: #fff; margin: 0 auto; max-width: 184mm; padding: 0 2mm; }
h1 { font-size: 17pt; margin: 0 0 3mm; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; page-break-after: avoid; }
header { border-bottom: 1.5pt solid #000; padding-bottom: 3mm; }
.who { display: flex; gap: 6mm; margin: 0; }
.who span { flex: 1; white-space: nowrap; display: flex; align-items: flex-end; }
.who i { flex: 1; border-bottom: 0.7pt solid #000; margin-left: 2mm; height: 7mm; line-height: 8mm; font-style: normal; }
ol { margin: 0; padding-left: 6mm; }
dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 0.5mm 4mm; }
dt { font-weight: bold; }
dd { margin: 0; }
dd, td, .number { font-family: "DejaVu Sans Mono", "Liberation Mono", "Courier New", monospace; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: 1mm 0; }
th, td { border: 0.5pt solid #000; padding: 0.6mm 1.5mm; text-align: left; vertical-align: middle; }
th { font-weight: normal; }
thead th { vertical-align: bottom; }
thead th b { display: block; }
thead { display: table-header-group; }
tr { break-inside: avoid; page-break-inside: avoid; }
.sheet { width: 100%; }
.sheet td { height: 8mm; font-size: 10pt; }
.exchange td { height: 9mm; }
.exchange td:last-child { width: 46%; }
.sheet td.blank { min-width: 17mm; }
.sheet small { font-size: 7.5pt; }
.card { width: 100%; margin-bottom: 4mm; break-inside: avoid; page-break-inside: avoid; }
.card th { width: 31%; }
.card th small { display: block; }
.card td { height: 9.5mm; letter-spacing: 0.08em; }
.card td small { display: block; letter-spacing: 0; font-size: 7.5pt; }
.answer { font-weight: bold; }
.room { border: 0.5pt solid #000; height: 80mm; break-inside: avoid; page-break-inside: avoid; }
.much { height: 140mm; }
.side { display: flex; flex-wrap: wrap; gap: 3mm 4mm; align-items: flex-start; }
.bits { break-inside: avoid; page-break-inside: avoid; font-size: 8pt; }
.bits th, .bits td { padding: 0.3mm 0.5mm; text-align: right; min-width: 4.6mm; }
.bits caption { padding: 0; }
footer { margin-top: 5mm; font-size: 8pt; }
@media screen { body { padding: 6mm; } }
)";

// A column that is the same in all rows is said once above the table.
bool is_told_above(const SheetTable& table, std::size_t column) {
    static constexpr std::string_view told[] = {"message", "stage", "block", "operation", "step"};
    const bool counts_blocks = table.file == "blocks.csv" && table.columns[column] == "block";
    const bool counts_steps = table.file == "modexp.csv" && table.columns[column] == "step";
    return std::ranges::find(told, table.columns[column]) != std::end(told) && !counts_blocks && !counts_steps;
}

std::string cell_html(const SheetCell& cell, bool solved, std::string_view scope_class = {}) {
    if (!cell.blank) return fmt::format("<td{}>{}</td>", scope_class, markup(cell.text));
    if (solved) return fmt::format("<td class=\"answer\">{}</td>", markup(cell.text));
    return "<td class=\"blank\"></td>";
}

// The bits of a given value, for those who work with them.
std::string bits_of_given(const SheetCell& cell, bool solved) {
    if (cell.form != Form::column || (cell.blank && !solved)) return {};
    const verify::NumberKind kind = verify::number_kind(cell.format);
    if (kind.own != verify::Base::hex) return {};
    return fmt::format("<small>{}</small>", binary_text(Bits{low_word(cell.value), kind.bits}));
}

std::string plain_table(const Sheet& sheet, const SheetTable& table, bool solved) {
    std::string out = fmt::format("<table class=\"sheet{}\"><caption>{}</caption>\n<thead><tr>",
                                  table.file == "exchange.csv" ? " exchange" : "", table.file);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (is_told_above(table, i)) continue;
        const std::string_view how = how_made(sheet.settings.kind, table.file, table.columns[i]);
        out += fmt::format("<th scope=\"col\"><b>{}</b>{}</th>", table.columns[i],
                           how.empty() ? "" : fmt::format("<small>{}</small>", how));
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (const CellId id : row) {
            const SheetCell& cell = sheet.cells[id];
            if (is_told_above(table, cell.column)) continue;
            // Six bits beside a box's input.
            const bool six = cell.form == Form::column && cell.format == verify::Format::bits6 && !cell.blank &&
                             sheet.settings.fade < most_faded;
            out += six ? fmt::format("<td>{} <small>{}</small></td>", cell.text,
                                     plain_binary(Bits{low_word(cell.value), 6}))
                       : cell_html(cell, solved);
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

// Rows of long values stand one value a line, where there is room to write.
std::string cards(const Sheet& sheet, const SheetTable& table, bool solved) {
    std::string out;
    for (const auto& row : table.rows) {
        const std::string& where = sheet.cells[row.front()].where;
        out += fmt::format("<table class=\"card\"><caption>{} ({})</caption>\n<tbody>\n",
                           where.empty() ? "The block" : markup(capitalised(where)), table.file);
        for (const CellId id : row) {
            const SheetCell& cell = sheet.cells[id];
            if (cell.column < table.positions) continue;
            const std::string& column = table.columns[cell.column];
            const std::string_view how = how_made(sheet.settings.kind, table.file, column);
            std::string value = cell_html(cell, solved);
            value.insert(value.size() - std::string_view("</td>").size(), bits_of_given(cell, solved));
            out += fmt::format("<tr><th scope=\"row\"><b>{}</b>{}</th>{}</tr>\n", column,
                               how.empty() ? "" : fmt::format("<small>{}</small>", how), value);
        }
        out += "</tbody></table>\n";
    }
    return out;
}

bool in_cards(const SheetTable& table) { return table.file == "rounds.csv" || table.file == "blocks.csv"; }

std::string given_list(const Sheet& sheet) {
    if (sheet.given.empty()) return {};
    std::string out = "<section>\n<h2>Given</h2>\n<dl>\n";
    for (const auto& [what, text] : sheet.given) {
        out += fmt::format("<dt>{}</dt><dd>{}", markup(what), markup(text));
        if (text.starts_with("0x") && text.size() == 18) {
            const Number number(text.substr(2), 16);
            out += fmt::format("<br>{}", binary_text(Bits{low_word(number), 64}));
        }
        out += "</dd>\n";
    }
    return out + "</dl>\n</section>\n";
}

std::string header(const Sheet& sheet, bool solved) {
    const SheetSettings& s = sheet.settings;
    return fmt::format(
        "<header>\n<h1>{}{}</h1>\n<p class=\"who\"><span>Name <i></i></span><span>ID <i "
        "class=\"number\">{}</i></span></p>\n"
        "</header>\n",
        heading(s.kind), solved ? ": solution" : "", markup(s.student));
}

} // namespace

std::string sheet_page(const Sheet& sheet, bool solved) {
    const SheetSettings& s = sheet.settings;
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, "
        "initial-scale=1\">\n<title>{}{}{}</title>\n<style>{}</style>\n</head>\n<body>\n{}<main>\n",
        heading(s.kind), solved ? ": solution" : "", s.student.empty() ? "" : ", " + markup(s.student), style,
        header(sheet, solved));
    out += "<section>\n<h2>What to do</h2>\n<ol>\n";
    for (const std::string_view task : tasks(s.kind)) out += fmt::format("<li>{}</li>\n", task);
    out += "</ol>\n</section>\n" + given_list(sheet);
    out += "<section>\n<h2>To fill in</h2>\n";
    for (const SheetTable& table : sheet.tables)
        out += in_cards(table) ? cards(sheet, table, solved) : plain_table(sheet, table, solved);
    out += "</section>\n";
    const bool reckons = s.kind == SheetKind::modexp || s.kind == SheetKind::handshake;
    if (!solved && !sheet.blanks().empty()) {
        out += fmt::format("<section>\n<h2>Room to reckon</h2>\n<div class=\"room{}\"></div>\n</section>\n",
                           reckons ? " much" : "");
    }
    out += reference_tables(s.kind);
    out += fmt::format(
        "</main>\n<footer>Keyhole worksheet {}, degree {} of {}: {} cells. Tables of FIPS "
        "46-3.</footer>\n</body>\n</html>\n",
        name(s.kind), s.fade, most_faded, sheet.blanks().size());
    return out;
}

} // namespace keyhole::worksheet
