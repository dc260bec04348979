#include "core/worksheet/sheet_builder.hpp"

#include <cassert>

#include "core/csv/csv_headers.hpp"

namespace keyhole::worksheet {

std::size_t SheetBuilder::table(std::string_view file, std::string_view header, std::size_t positions) {
    const std::vector<std::string_view> names = csv::names_in(header);
    sheet_.tables.push_back(
        {.file = std::string(file), .columns = {names.begin(), names.end()}, .positions = positions});
    return sheet_.tables.size() - 1;
}

void SheetBuilder::row(std::size_t table, std::string where) {
    table_ = table;
    where_ = std::move(where);
    sheet_.tables[table].rows.emplace_back();
}

CellId SheetBuilder::add(SheetCell cell) {
    SheetTable& table = sheet_.tables[table_];
    cell.table = table_;
    cell.row = table.rows.size() - 1;
    cell.column = table.rows.back().size();
    cell.where = where_;
    assert(cell.column < table.columns.size());
    cell.text = cell_text(cell, cell.value);
    sheet_.cells.push_back(std::move(cell));
    table.rows.back().push_back(sheet_.cells.size() - 1);
    return sheet_.cells.size() - 1;
}

CellId SheetBuilder::text(std::string_view text) {
    SheetCell cell;
    cell.text = text;
    return add(std::move(cell));
}

CellId SheetBuilder::column(verify::Format format, std::uint64_t value) {
    SheetCell cell;
    cell.form = Form::column;
    cell.format = format;
    cell.value = number_of(value);
    return add(std::move(cell));
}

CellId SheetBuilder::number(const Number& value) {
    SheetCell cell;
    cell.form = Form::number;
    cell.value = value;
    return add(std::move(cell));
}

CellId SheetBuilder::action(bool multiply) {
    SheetCell cell;
    cell.form = Form::action;
    cell.value = multiply ? 1 : 0;
    return add(std::move(cell));
}

SheetCell& SheetBuilder::computed(CellId id, std::vector<Way> ways) {
    sheet_.computed.push_back(id);
    SheetCell& cell = sheet_.cells[id];
    cell.ways = std::move(ways);
    return cell;
}

} // namespace keyhole::worksheet
