// The spine: the tree of all steps that a recording holds, in the order in which they happen. It stores nothing; sizes
// and positions are computed, so that a message of a million blocks costs as much as one of three.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/recording/recording.hpp"
#include "core/steps/node.hpp"

namespace keyhole {

class StepTree {
  public:
    /// The recording may grow afterwards (the tree grows with it) and must outlive the tree.
    explicit StepTree(const Recording& recording) : recording_(&recording) {}

    const Recording& recording() const { return *recording_; }

    std::uint64_t child_count(const Node& node) const;
    /// The child at `index`, which counts from 0 and is below child_count().
    Node child(const Node& node, std::uint64_t index) const;
    /// The place of a step among its siblings, from 0.
    std::uint64_t index(const Node& node) const;

    bool contains(const Node& node) const;
    std::optional<Node> find(std::string_view address) const;
    /// As find, but throws Error (bad_input) naming what is there instead.
    Node at(std::string_view address) const;

    /// Steps in the subtree, the node itself included (the root is no step and not counted).
    std::uint64_t size(const Node& node) const;
    std::uint64_t total() const { return size(Node{}); }
    /// The step's number in the order of happening, parents before children, from 1; and the step of that number.
    std::uint64_t number(const Node& node) const;
    Node at_number(std::uint64_t number) const;

    std::optional<Node> previous_sibling(const Node& node) const;
    /// The step after this one in the order of happening.
    std::optional<Node> next(const Node& node) const;
    /// The same, past all steps below this one: its next sibling, else its parent's, and so on.
    std::optional<Node> next_over(const Node& node) const;

    /// How many blocks message `message` (1 ..) has in that direction.
    std::uint64_t block_count(std::uint64_t message, Direction direction) const;

  private:
    std::vector<Part> listed_children(const Node& node) const;
    unsigned rounds() const { return recording_->variant.rounds; }
    const Recording* recording_;
};

} // namespace keyhole
