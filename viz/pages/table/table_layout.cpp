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
        layout.shown.push_back(
            {.column = layout.pinned, .length = column.width, .at = at, .number = layout.pinned, .pinned = true});
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

void RowWindow::set_size(std::uint64_t all, std::uint64_t shown) {
    all_ = all;
    shown_ = std::max<std::uint64_t>(shown, 1);
    top_ = std::min(top_, last_top());
}

void RowWindow::scroll_to(std::uint64_t top) { top_ = std::min(top, last_top()); }

void RowWindow::scroll_by(std::int64_t rows) {
    const std::uint64_t distance =
        rows < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(rows) : static_cast<std::uint64_t>(rows);
    if (rows < 0) {
        top_ -= std::min(top_, distance);
    } else {
        top_ += std::min(last_top() - top_, distance);
    }
}

void RowWindow::show(std::uint64_t row) {
    if (row >= top_ && row - top_ < shown_) return;
    const std::uint64_t around = shown_ / 4;
    if (row < top_) {
        scroll_to(row - std::min(row, around));
    } else {
        const std::uint64_t above = shown_ - 1 - around;
        scroll_to(row - std::min(row, above));
    }
}

double RowWindow::grab_size() const {
    return all_ <= shown_ ? 1.0 : static_cast<double>(shown_) / static_cast<double>(all_);
}

double RowWindow::grab_at() const {
    return last_top() == 0 ? 0.0 : static_cast<double>(top_) / static_cast<double>(last_top());
}

void RowWindow::drag_to(double share) {
    if (share >= 1) return scroll_to(last_top());
    scroll_to(static_cast<std::uint64_t>(std::llround(std::max(share, 0.0) * static_cast<double>(last_top()))));
}

} // namespace keyhole::viz
