// Which rows and columns of a long, wide table stand in the room there is. Rows are counted in whole numbers, so that
// row 268 435 456 is as exact as row 1; a column that is wider than the room is shown in pieces.
#pragma once

#include <cstdint>
#include <vector>

#include "viz/pages/table/table_model.hpp"

namespace keyhole::viz {

/// A column, or a piece of one, in sight.
struct ShownColumn {
    std::size_t column = 0;
    std::size_t from = 0, length = 0; // the characters of the cell
    std::size_t at = 0;               // where it begins, in characters from the left
    std::size_t number = 0;           // its place among all, sights and not
    bool pinned = false;
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

/// Rows in sight: `shown` of `all` from `top` on.
class RowWindow {
  public:
    void set_size(std::uint64_t all, std::uint64_t shown);
    std::uint64_t top() const { return top_; }
    std::uint64_t shown() const { return shown_; }
    std::uint64_t last_top() const { return all_ > shown_ ? all_ - shown_ : 0; }

    void scroll_to(std::uint64_t top);
    /// Down where it is positive.
    void scroll_by(std::int64_t rows);
    /// Moves as little as needed, but keeps a few rows around a row that was out of sight.
    void show(std::uint64_t row);

    /// The grab of the bar, as parts of its length, and the place for a drag to `share` (0 top, 1 bottom).
    double grab_at() const;
    double grab_size() const;
    void drag_to(double share);

  private:
    std::uint64_t all_ = 0, shown_ = 1, top_ = 0;
};

} // namespace keyhole::viz
