#include "core/worksheet/handed_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/number_word.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv_reader.hpp"

namespace keyhole::worksheet {
namespace {

namespace fs = std::filesystem;
using verify::Base;
using verify::ColumnBase;
using verify::NumberKind;

struct Row {
    std::uint64_t line = 0;
    std::vector<std::string> cells; // by column of the sheet; empty where it is missing
};

struct Rows {
    std::vector<bool> there; // which columns of the sheet
    std::vector<Row> rows;
};

void check_size(const fs::path& path) {
    std::error_code code;
    const std::uintmax_t size = fs::file_size(path, code);
    if (!code && size > longest_table)
        throw bad_input(
            fmt::format("{} is no table of a sheet (it has more than {} bytes; hand in the one that was given)",
                        shown(path), grouped_decimal(longest_table)));
}

Rows read_rows(const fs::path& path, const SheetTable& table) {
    check_size(path);
    csv::Reader reader(path);
    if (!reader.next())
        throw bad_input(fmt::format(
            "{} is empty (its first line must name the columns; hand in the one that was given)", reader.name()));
    std::vector<std::size_t> places; // of each column of the file in the sheet
    Rows out{.there = std::vector<bool>(table.columns.size()), .rows = {}};
    for (std::size_t i = 0; i < reader.size(); ++i) {
        const std::string_view name = csv::trimmed(reader.cell(i));
        const auto found =
            std::ranges::find_if(table.columns, [&](const std::string& one) { return same_word(one, name); });
        const auto place = static_cast<std::size_t>(found - table.columns.begin());
        places.push_back(place);
        if (found == table.columns.end()) continue;
        if (out.there[place])
            throw bad_input(fmt::format("{} names the column {} twice (which is meant? give the other another name)",
                                        reader.name(), *found));
        out.there[place] = true;
    }
    if (std::ranges::find(out.there, true) == out.there.end())
        throw bad_input(fmt::format("{} has none of the sheet's columns ({}; hand in the one that was given)",
                                    reader.name(), fmt::join(table.columns, ", ")));
    while (reader.next()) {
        Row row{.line = reader.line(), .cells = std::vector<std::string>(table.columns.size())};
        for (std::size_t i = 0; i < std::min(places.size(), reader.size()); ++i) {
            if (places[i] < table.columns.size()) row.cells[places[i]] = csv::trimmed(reader.cell(i));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

std::optional<Number> as_number(const std::optional<verify::Written>& written) {
    return written ? std::optional(number_of(written->value)) : std::nullopt;
}

// A value of DES in the base of its column. A decimal number that is too large is a number all the same.
std::optional<Number> read_column(std::string_view text, NumberKind kind, Base column_base) {
    const verify::Digits digits = verify::digits_of(text, kind);
    const Base base = digits.base ? *digits.base : kind.is_counter() ? Base::decimal : column_base;
    auto number = as_number(verify::read_number(digits.text, base, kind));
    if (!number && kind.own == Base::decimal) number = as_number(verify::read_number(digits.text, Base::decimal, {}));
    return number;
}

// Diffie-Hellman's: decimal unless marked.
std::optional<Number> read_plain_number(std::string_view text) {
    const verify::Digits digits = verify::digits_of(text, {});
    return as_number(verify::read_number(digits.text, digits.base.value_or(Base::decimal), {}));
}

std::optional<Number> read_action(std::string_view text) {
    if (same_word(text, "square")) return Number(0);
    if (same_word(text, "multiply")) return Number(1);
    return std::nullopt;
}

std::optional<Number> read_cell(const SheetCell& cell, std::string_view text, Base column_base) {
    if (text.empty()) return std::nullopt;
    switch (cell.form) {
        case Form::text: return same_word(text, cell.text) ? std::optional(cell.value) : std::nullopt;
        case Form::action: return read_action(text);
        case Form::number: return read_plain_number(text);
        default: return read_column(text, verify::number_kind(cell.format), column_base);
    }
}

// In which base the cells of that column are written that do not say it.
Base base_of(const Sheet& sheet, const SheetTable& table, const Rows& rows, std::size_t column) {
    NumberKind kind = verify::number_kind(verify::Format::counter);
    for (const auto& row : table.rows) {
        const SheetCell& cell = sheet.cells[row[column]];
        if (cell.form == Form::column) kind = verify::number_kind(cell.format);
    }
    ColumnBase base(kind);
    for (const Row& row : rows.rows) base.add(row.cells[column]);
    return base.base();
}

// Whether the row stands where the sheet's row does, as far as it says.
bool stands_there(const Sheet& sheet, const SheetTable& table, const std::vector<bool>& there, const Row& row,
                  std::size_t sheet_row) {
    for (std::size_t column = 0; column < table.positions; ++column) {
        const SheetCell& cell = sheet.cells[table.rows[sheet_row][column]];
        const auto read = read_cell(cell, row.cells[column], Base::decimal);
        const bool empty = cell.text.empty() && row.cells[column].empty();
        if (there[column] && !empty && (!read || *read != cell.value)) return false;
    }
    return true;
}

} // namespace

HandedIn read_handed_in(const fs::path& folder, const Sheet& sheet, std::size_t table_number) {
    const SheetTable& table = sheet.tables[table_number];
    const Rows rows = read_rows(folder / table.file, table);
    HandedIn out;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (!rows.there[column]) out.missing.push_back(table.columns[column]);
    }
    std::vector<Base> bases;
    for (std::size_t column = 0; column < table.columns.size(); ++column)
        bases.push_back(base_of(sheet, table, rows, column));
    std::vector<bool> taken(table.rows.size());
    for (const Row& row : rows.rows) {
        std::size_t at = 0;
        while (at < taken.size() && (taken[at] || !stands_there(sheet, table, rows.there, row, at))) ++at;
        if (at == taken.size()) {
            ++out.other_rows;
            continue;
        }
        taken[at] = true;
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            if (!rows.there[column]) continue;
            const CellId id = table.rows[at][column];
            const std::string& text = row.cells[column];
            // exchange.csv has hex and decimal numbers in one column: there each cell goes by itself.
            const bool mixed = sheet.cells[id].format == verify::Format::hex16 && table.file == "exchange.csv";
            out.cells[id] = {text, read_cell(sheet.cells[id], text, mixed ? Base::hex : bases[column]), row.line};
        }
    }
    return out;
}

} // namespace keyhole::worksheet
