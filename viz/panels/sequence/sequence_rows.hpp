// The rows of the sequence diagram: what each shows, in which words, and the step that a click on it goes to. Only what
// was recorded is there.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/recording/recording.hpp"
#include "core/steps/node.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

/// What can be clicked: a box, an arrow, a heading, the sign between two equal values.
struct SequencePart {
    std::vector<std::string> words; // from the longest to the shortest; `^{a}` is raised
    Node node;
    Meaning meaning = Meaning::plain;
    bool masked = false;     // happened, but is not known here: the trace has no such step
    std::size_t telling = 0; // so many of the words, the first ones, tell what the step gives
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

    /// How many times as high as a simple row.
    std::size_t lines() const { return shape == SequenceShape::crossing ? 2 : 1; }
};

/// In the order of the protocol. (docs/protocol.md.)
std::vector<SequenceRow> handshake_rows(const Recording& recording);
/// Of message `number`, from 1.
std::vector<SequenceRow> message_rows(const Recording& recording, std::uint64_t number);
/// How many message_rows() gives, without making them.
std::uint64_t count_rows(const MessageRecord& message);

/// "92 B", "1 083 B", "512 KiB".
std::string wire_size(std::size_t bytes);

} // namespace keyhole::viz
