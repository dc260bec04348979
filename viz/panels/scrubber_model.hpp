// The whole trace as two bars: above the phases in the order of happening, all of one width, so that a long message
// leaves room for the handshake; below the current phase, wide as its steps. And the way between a place on either bar
// and a step's number.
#pragma once

#include <string>
#include <vector>

#include "core/steps/step_tree.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

struct Phase {
    Node node;
    std::string label;                // "keys", "message 2"; of several: "messages 40 to 52"
    Meaning meaning = Meaning::plain; // a message's is its sender's; of several it may be neither's
    std::uint64_t first = 1;          // the number of its first step
    std::uint64_t size = 1;           // steps
    float begin = 0, end = 0;         // on the upper bar, from 0 to 1
};

/// Where a part of the current phase begins, on the lower bar.
struct Mark {
    float at = 0;
    int level = 0; // 0: a part of the phase, 1: a block, 2: a round
};

struct Scrubber {
    std::vector<Phase> phases;
    std::vector<Mark> marks;
    std::uint64_t number = 0, total = 0;
    float position = 0;      // of the current step on the upper bar
    std::size_t current = 0; // the phase that the current step is in
    float within = 0;        // of the current step on the lower bar
};

Scrubber scrubber(const StepTree& tree, const Node& current);

/// The step at a place of the upper bar (0 to 1).
std::uint64_t number_at(const Scrubber& bar, float position);
float position_of(const Scrubber& bar, std::uint64_t number);

/// The same on the lower bar; `number` is one of the current phase.
std::uint64_t number_within(const Scrubber& bar, float position);
float position_within(const Scrubber& bar, std::uint64_t number);

} // namespace keyhole::viz
