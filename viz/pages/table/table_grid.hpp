// The rows and columns in sight of a trace's table, the cell that is chosen, and how both move. Only rows in sight are
// made; the scroll bar counts rows, not pixels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/draw/row_bar.hpp"
#include "viz/frame/frame_context.hpp"
#include "viz/pages/table/table_layout.hpp"

namespace keyhole::viz {

class TableGrid {
  public:
    /// Nothing else may be asked before it has a table.
    bool has_table() const { return table_.has_value(); }
    const TraceTable& table() const { return *table_; }
    /// The same rows, and more: what is chosen stays.
    void grow(TraceTable table);
    /// Other rows, from their first one on.
    void show(TraceTable table);

    /// The row of the step is chosen and comes in sight, unless it is already.
    void follow(const Node& step);
    void first_column() { first_piece_ = chosen_column_ = 0; }
    /// True: used, to choose another row or column.
    bool press(const KeyPress& press);

    std::uint64_t chosen_row() const { return chosen_row_; }
    /// The text of the chosen cell, of the row's first where its column is not in sight.
    std::string chosen_cell() const;
    /// "row 3 of 272", and which columns are in sight where not all are.
    std::string place_words() const;

    void draw(FrameContext& context, ScreenCanvas& canvas, Rect area);

  private:
    void choose_row(std::uint64_t row);
    void choose_column(std::size_t number);
    void take_wheel();
    void arrange() { columns_ = arrange_columns(table_->columns(), room_, first_piece_); }
    void draw_heads(ScreenCanvas& canvas, Point at, float character) const;
    void draw_row(FrameContext& context, ScreenCanvas& canvas, std::uint64_t index, Rect area, float character);

    std::optional<TraceTable> table_;
    RowWindow rows_;
    RowBar bar_;
    std::vector<TableRow> seen_; // the rows in sight, from seen_from_ on
    std::uint64_t seen_from_ = 0;
    ColumnLayout columns_;
    std::size_t first_piece_ = 0, room_ = 0; // in characters
    std::uint64_t chosen_row_ = 0;
    std::size_t chosen_column_ = 0; // a ShownColumn's number
};

} // namespace keyhole::viz
