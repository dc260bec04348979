// What is shown of the step at the cursor: made anew when the cursor moved, the recording grew or another trace is
// shown.
#pragma once

#include <vector>

#include "core/steps/step.hpp"
#include "viz/session/session.hpp"
#include "viz/session/steps_model.hpp"

namespace keyhole::viz {

class CurrentStep {
  public:
    /// Each holds the ones before: another trace is another round, too.
    enum class Change { none, grown, step, round, trace };

    Change look(const Session& session);

    const Step& step() const { return step_; }
    const std::vector<StepRow>& rows() const { return rows_; }

  private:
    Change change_since(const Session& session) const;

    std::uint64_t session_ = 0;
    std::uint32_t grown_ = 0;
    Step step_;
    std::vector<StepRow> rows_;
};

} // namespace keyhole::viz
