// Two recordings beside each other, step by step in the order of happening: where they part, and in how many steps.
#pragma once

#include <optional>
#include <string>

#include "core/recording/recording.hpp"

namespace keyhole {

/// A value that two traces have differently at the same address.
struct StepDifference {
    std::string address, name;
    std::string first, second; // as for a line on a screen; "none" where only the other one has the value

    bool operator==(const StepDifference&) const = default;
};

struct TraceComparison {
    std::optional<StepDifference> first; // name "step", "there" and "missing": only one of the two has the step
    std::uint64_t steps = 0;             // that differ; one that only one trace has counts, with all below it
};

/// Only where the inputs of a message or of a block differ are its steps computed, so that long equal parts cost
/// little.
TraceComparison compare_traces(const Recording& first, const Recording& second);

} // namespace keyhole
