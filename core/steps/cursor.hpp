// The one cursor over the step tree: where the user looks. Terminal, window and tests move only through it. A move
// changes the cursor alone, never what was recorded; a jump can be undone and redone like a page in a browser.
#pragma once

#include <vector>

#include "core/steps/step_tree.hpp"

namespace keyhole {

class Cursor {
  public:
    /// Stands on the first step. The tree must outlive the cursor and may grow.
    explicit Cursor(const StepTree& tree);

    const Node& node() const { return node_; }
    std::string address() const;
    std::uint64_t number() const { return tree_->number(node_); }

    // Moves return false, and leave the cursor, where there is nowhere to go.
    bool into(); // the first child, else over
    bool over(); // the next sibling, else the parent's next, and so on
    bool out();  // the parent
    bool back(); // the previous sibling, else the parent
    bool start();
    bool end(); // the very last step
    /// Throws Error (bad_input) when the trace has no such step.
    bool go_to(std::string_view address);
    bool go_to(const Node& node);
    bool go_to_number(std::uint64_t number);

    /// How many jumps can be undone.
    std::size_t jumps() const { return page_; }
    bool can_undo() const { return page_ > 0; }
    bool can_redo() const { return page_ + 1 < pages_.size(); }
    bool undo();
    bool redo();

  private:
    bool jump(const Node& target);
    bool turn_to(std::size_t page);

    const StepTree* tree_;
    Node node_;
    std::vector<Node> pages_; // where each jump left from, and in the last place where it led
    std::size_t page_ = 0;
};

} // namespace keyhole
