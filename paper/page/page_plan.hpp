// What of a trace a page holds: all of it where it fits, else whole blocks as far as they are named, the first and last
// bits of long exponents, and as many messages as there is room for. What is left out is said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/steps/step_tree.hpp"

namespace keyhole::paper {

/// Blocks of a message, both included, counted from 1.
struct BlockRange {
    std::uint64_t first = 1, last = 4;

    bool contains(std::uint64_t block) const { return block >= first && block <= last; }
};

/// "1..4" or "3". Throws Error (bad_input).
BlockRange parse_blocks(std::string_view text);

class PagePlan {
  public:
    /// `blocks` are kept whole in any case; without them the page is as large as it may be.
    PagePlan(const StepTree& tree, const std::optional<BlockRange>& blocks);

    /// Whether the step is on the page. The root is.
    bool holds(const Node& node) const;
    /// The step after this one, in the order of happening, that is on the page.
    std::optional<Node> next(const Node& node) const;
    std::optional<Node> first() const;
    /// Sentences about what is not on the page; none where all is.
    const std::vector<std::string>& left_out() const { return left_out_; }

  private:
    void choose(const std::optional<BlockRange>& blocks);

    const StepTree& tree_;
    bool everything_ = true;
    BlockRange blocks_;
    std::uint64_t whole_messages_ = 0; // of which blocks are kept
    std::uint64_t messages_ = 0;       // that are there at all
    std::uint64_t edge_bits_ = 0;      // of an exponent's either end; 0: all
    std::vector<std::string> left_out_;
};

} // namespace keyhole::paper
