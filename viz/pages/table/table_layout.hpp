// Which rows and columns of a long, wide table stand in the room there is. A column
// that is wider than the room is shown in pieces.
#pragma once

#include <cstdint>
#include <vector>

#include "viz/base/row_window.hpp"
#include "viz/pages/table/table_model.hpp"

namespace keyhole::viz {

/// A column, or a piece of one, in sight.
struct ShownColumn {
    std::size_t column = 0;
    std::size_t from = 0, length = 0; // the characters of the cell
    std::size_t at = 0;               // where it begins, in characters from the left
    std::size_t number = 0;           // its place among all, in sight or not
};

struct ColumnLayout {
    std::vector<ShownColumn> shown;
    std::size_t pinned = 0;    // how many stay in sight
    std::size_t all = 0;       // pinned columns and pieces
    std::size_t first = 0;     // the piece that stands first behind the pinned ones, from 0
    std::size_t last_page = 0; // the first piece of the last page
};

inline constexpr std::size_t column_gap = 2; // characters

/// `room` and widths are in characters. The numbering columns stay in sight where the room allows it; behind them stand
/// the pieces from `first` on.
ColumnLayout arrange_columns(const std::vector<TableColumn>& columns, std::size_t room, std::size_t first);

/// The `first` with which the column or piece of that number is in sight.
std::size_t first_to_show(const std::vector<TableColumn>& columns, std::size_t room, std::size_t first,
                          std::size_t number);

} // namespace keyhole::viz
