// The exchange as a sequence diagram: two lifelines, what each side does for itself as boxes, what crosses the wire as
// arrows with its size. Rows are made when they are looked at: ten thousand messages cost what one costs.
#pragma once

#include <map>

#include "core/steps/trace.hpp"
#include "viz/panels/sequence/sequence_rows.hpp"

namespace keyhole::viz {

/// Where in the diagram a step is: the row, and which part of it.
struct SequencePlace {
    enum class Where { server, client, middle };
    std::uint64_t row = 0;
    Where where = Where::middle;

    bool operator==(const SequencePlace&) const = default;
};

class Sequence {
  public:
    /// `trace` must outlive the sequence. What is added to its recording shows after refresh().
    explicit Sequence(const Trace& trace);

    /// False where the recording is no exchange: there is nothing to draw.
    bool exchange() const { return exchange_; }
    /// False for a side of which only what it sent is known.
    bool known(Role role) const { return known_[static_cast<std::size_t>(role)]; }

    std::uint64_t row_count() const { return rows_; }
    /// In lines: the rows before this one, a crossing counted twice.
    std::uint64_t lines_before(std::uint64_t row) const;
    std::uint64_t line_count() const { return lines_before(rows_); }
    /// The row that a line belongs to.
    std::uint64_t row_at_line(std::uint64_t line) const;

    SequenceRow row(std::uint64_t index) const;
    /// The part of the diagram that stands for the step: its own, else that of the step that it lies in, else the first
    /// that lies in it.
    std::optional<SequencePlace> place(const Node& node) const;

    /// Counts anew where the recording has grown.
    void refresh();

  private:
    const std::vector<SequenceRow>& rows_of_message(std::uint64_t number) const;

    const Trace* trace_;
    bool exchange_ = false;
    std::array<bool, 2> known_{};
    std::vector<SequenceRow> handshake_;
    std::vector<std::uint64_t> first_rows_; // of each message
    std::uint64_t rows_ = 0;
    mutable std::map<std::uint64_t, std::vector<SequenceRow>> made_; // of the messages last looked at
};

} // namespace keyhole::viz
