// The trace table (key 2): the rows of the trace's CSV files, the current step's row marked, every row a way there.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "viz/draw/row_bar.hpp"
#include "viz/frame/page.hpp"
#include "viz/pages/table/table_layout.hpp"

namespace keyhole::viz {

class TablePage : public Page {
  public:
    void draw(FrameContext& context, Rect room) override;
    bool press(const KeyPress& press, FrameContext& context) override;

  private:
    /// Makes the table anew where trace, file or filter changed.
    void sync(const FrameContext& context);
    void read_filter(const FrameContext& context);
    void follow(const FrameContext& context);
    std::string& filter_text() { return filters_[static_cast<std::size_t>(file_)]; }
    void show_file(TableFile file);
    void show_file_of(const FrameContext& context);
    void show_next_file();
    void choose_row(std::uint64_t row);
    void choose_column(std::size_t number);
    bool press_in_field(const KeyPress& press);
    bool move_choice(const KeyPress& press);
    void copy_cell(FrameContext& context, std::uint64_t row, std::size_t column) const;

    void draw_file(FrameContext& context, ScreenCanvas& canvas, TableFile file, Rect area, std::string_view label);
    Point draw_files(FrameContext& context, ScreenCanvas& canvas, Rect area, bool one);
    /// Returns its foot.
    float draw_filter(FrameContext& context, ScreenCanvas& canvas, Rect area, bool low);
    std::string foot_words(bool low) const;

    // In table_grid_view.cpp.
    void draw_grid(FrameContext& context, ScreenCanvas& canvas, Rect area);
    void draw_heads(ScreenCanvas& canvas, Point at, float character) const;
    void draw_row(FrameContext& context, ScreenCanvas& canvas, std::uint64_t index, Rect area, float character);
    void take_wheel();

    TableFile file_ = TableFile::rounds;
    std::array<std::string, table_file_count> filters_; // as typed
    std::string error_;
    TableFilter filter_; // the last good one of this file
    std::array<std::uint64_t, table_file_count> counts_{};
    std::unique_ptr<TraceTable> table_;
    std::uint64_t session_ = 0, steps_ = 0; // what the table was made for

    RowWindow rows_;
    std::vector<TableRow> seen_; // the rows in sight, from seen_from_ on
    std::uint64_t seen_from_ = 0;
    ColumnLayout columns_;
    std::size_t first_piece_ = 0, room_ = 0; // in characters
    std::uint64_t chosen_row_ = 0;
    std::size_t chosen_column_ = 0; // a ShownColumn's number
    bool other_file_ = false;       // since the table was made
    bool filter_active_ = false, focus_filter_ = false;
    RowBar bar_;
};

} // namespace keyhole::viz
