// A recording made visible: its step tree, and each step as people see it, with named values and words. Terminal,
// window, CSV and JSON all get their steps from here.
#pragma once

#include <string>

#include "core/steps/step.hpp"
#include "core/steps/step_tree.hpp"
#include "core/steps/trace_values.hpp"

namespace keyhole {

class Trace : public TraceValues {
  public:
    explicit Trace(const Recording& recording)
        : TraceValues(recording), tree_(recording), mark_(recording.variant.mark()) {}

    const StepTree& tree() const { return tree_; }
    /// That it is no DES; empty where it is.
    const std::string& mark() const { return mark_; }

    /// Everything about one step, which must be in the tree. Its values may view the recording or this trace.
    Step step(const Node& node) const;

  private:
    StepTree tree_;
    std::string mark_;
};

} // namespace keyhole
