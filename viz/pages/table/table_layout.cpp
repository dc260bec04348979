#include "viz/pages/table/table_layout.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

// A value that is wider than the room is shown in pieces at least this wide, prefix and 32 digits.
constexpr std::size_t least_piece = 34;

std::size_t widest_value(const std::vector<TableColumn>& columns) {
    std::size_t widest = 0;
    for (const TableColumn& column : columns) {
        if (!column.numbering) widest = std::max(widest, column.width);
    }
    return std::min(widest, least_piece);
}

std::vector<ShownColumn> pieces_of(const std::vector<TableColumn>& columns, std::size_t pinned, std::size_t room) {
    std::vector<ShownColumn> pieces;
    const std::size_t most = std::max<std::size_t>(room, 8);
    for (std::size_t i = pinned; i < columns.size(); ++i) {
        const std::size_t width = columns[i].width, count = (width + most - 1) / most,
                          each = (width + count - 1) / count;
        for (std::size_t from = 0; from < width; from += each) {
            pieces.push_back(
                {.column = i, .from = from, .length = std::min(each, width - from), .number = pinned + pieces.size()});
        }
    }
    return pieces;
}

} // namespace

ColumnLayout arrange_columns(const std::vector<TableColumn>& columns, std::size_t room, std::size_t first) {
    ColumnLayout layout;
    std::size_t at = 0;
    for (const TableColumn& column : columns) {
        if (!column.numbering || at + column.width + column_gap + widest_value(columns) > room) break;
        layout.shown.push_back({.column = layout.pinned, .length = column.width, .at = at, .number = layout.pinned});
        ++layout.pinned;
        at += column.width + column_gap;
    }
    std::vector<ShownColumn> pieces = pieces_of(columns, layout.pinned, room > at ? room - at : 0);
    layout.all = layout.pinned + pieces.size();
    std::size_t width = 0;
    layout.last_page = pieces.size();
    while (layout.last_page > 0) {
        const std::size_t wider = width + pieces[layout.last_page - 1].length + (width > 0 ? column_gap : 0);
        if (width > 0 && at + wider > room) break;
        width = wider;
        --layout.last_page;
    }
    layout.first = std::min(first, layout.last_page);
    for (std::size_t i = layout.first; i < pieces.size(); ++i) {
        if (i > layout.first && at + pieces[i].length > room) break;
        pieces[i].at = at;
        layout.shown.push_back(pieces[i]);
        at += pieces[i].length + column_gap;
    }
    return layout;
}

std::size_t first_to_show(const std::vector<TableColumn>& columns, std::size_t room, std::size_t first,
                          std::size_t number) {
    for (;;) {
        const ColumnLayout layout = arrange_columns(columns, room, first);
        if (number < layout.pinned) return layout.first;
        if (number - layout.pinned < layout.first) return number - layout.pinned;
        if (number <= layout.shown.back().number || layout.first == layout.last_page) return layout.first;
        first = layout.first + 1;
    }
}

} // namespace keyhole::viz
