// The trace as the rows of its CSV files, in the files' order, without a file: how many rows there are, and which is
// where, is arithmetic; a row's cells are made when somebody looks, by the functions that write the files.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/csv/csv_des.hpp"
#include "core/steps/trace.hpp"
#include "viz/pages/table/table_filter.hpp"

namespace keyhole::viz {

struct TableRow {
    Node node;                      // the step that the row is of
    std::vector<std::string> cells; // as in the file
};

/// How a row stands to the current step.
enum class RowMark {
    none,
    part, // a step below the current one
    here, // the current step, or the one that it is a part of
};
RowMark mark_of(const Node& row, const Node& current);

struct TableColumn {
    std::string name;
    std::size_t width = 0; // characters of the widest cell or of the name
    bool numbering = false;
    Meaning meaning = Meaning::plain;
};

class TraceTable {
  public:
    /// Fits the recording as it stands now: when it has grown, make another. The trace must outlive the table.
    TraceTable(const Trace& trace, TableFile file, TableFilter filter = {});

    TableFile file() const { return file_; }
    std::uint64_t row_count() const { return rows_; }
    /// The row at `index` (from 0, below row_count()).
    TableRow row(std::uint64_t index) const;
    /// The first row that is of this step, of one that it is a part of, or of one below it.
    std::optional<std::uint64_t> find(const Node& node) const;
    const std::vector<TableColumn>& columns() const { return columns_; }

  private:
    // Rows that number alike: those of one pass, or of one message's key schedule.
    struct Segment {
        std::uint64_t message = 0;
        Direction direction = Direction::encrypt;
        NumberRange blocks;
        std::uint64_t before = 0; // rows of the segments before
    };
    struct Operation {
        std::string address;
        Node node;
        std::size_t modulus_bits = 0;
    };
    struct PowerRow {
        std::uint32_t operation = 0, step = 0, bit_index = 0;
        bool multiply = false;
    };

    void add_segments();
    void add_operations();
    void set_columns();
    std::uint64_t rows_of_a_block() const;
    std::string_view block_line(const Segment& segment, std::uint64_t block, std::uint64_t line) const;
    TableRow des_row(std::uint64_t index) const;
    TableRow power_row(std::uint64_t index) const;
    std::optional<std::uint64_t> find_in_pass(const Node& node) const;
    std::optional<std::uint64_t> find_in_schedule(const Node& node) const;
    std::optional<std::uint64_t> find_power(const Node& node) const;
    Node schedule_node(std::uint64_t message) const;

    const Trace* trace_;
    TableFile file_;
    TableFilter filter_;
    NumberRange rounds_{1, 16}, boxes_{1, 8}; // those that the file has and the filter holds
    std::vector<Segment> segments_;
    std::vector<Operation> operations_;
    std::vector<PowerRow> power_rows_;
    std::vector<TableColumn> columns_;
    std::uint64_t rows_ = 0;

    // The block whose rows were asked for last.
    mutable csv::BlockRows block_rows_;
    mutable std::optional<std::tuple<std::uint64_t, Direction, std::uint64_t>> kept_; // its message, direction, number
};

/// The file's rows in this trace, unfiltered.
std::uint64_t count_rows(const Trace& trace, TableFile file);

} // namespace keyhole::viz
