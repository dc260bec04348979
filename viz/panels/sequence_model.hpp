// The exchange as a sequence diagram: two lifelines, what each side does for itself as boxes, what crosses the wire as
// arrows with its size. Only what was recorded is there, and rows are made when they are looked at: ten thousand
// messages cost what one costs. (docs/protocol.md.)
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

/// What can be clicked: a box, an arrow, a heading, the sign between two equal values.
struct SequencePart {
    std::vector<std::string> words; // from the longest to the shortest; `^{a}` is raised
    Node node;
    Meaning meaning = Meaning::plain;
    bool masked = false; // happened, but is not known here: the trace has no such step
};

enum class SequenceShape {
    heading,  // a line across, with words in its middle
    boxes,    // one or two, each on its lifeline
    arrow,    // one frame
    crossing, // two frames at a time: the public keys, in either order
};

struct SequenceRow {
    SequenceShape shape = SequenceShape::boxes;
    std::array<std::optional<SequencePart>, 2> sides; // by Role: boxes; in a crossing what that side sends
    std::optional<SequencePart> middle;               // heading, an arrow's words, the sign between two boxes
    Role from = Role::server;                         // an arrow's tail
    std::string note;                                 // beside a single box: what it gave
    bool refused = false;

    /// In rows of the simple kind.
    std::size_t lines() const { return shape == SequenceShape::crossing ? 2 : 1; }
};

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
    std::vector<SequenceRow> message_rows(std::uint64_t number) const;
    const std::vector<SequenceRow>& rows_of_message(std::uint64_t number) const;

    const Trace* trace_;
    bool exchange_ = false;
    std::array<bool, 2> known_{};
    std::vector<SequenceRow> handshake_;
    std::vector<std::uint64_t> first_rows_; // of each message
    std::uint64_t rows_ = 0;
    mutable std::map<std::uint64_t, std::vector<SequenceRow>> made_; // of the messages last looked at
};

/// "92 B", "1 083 B", "512 KiB".
std::string wire_size(std::size_t bytes);

} // namespace keyhole::viz
