// Guessing before looking: which of a step's values are what the step gives. While the
// user predicts they are covered until they are asked for; what the step starts from stays in sight.
#pragma once

#include <string_view>

#include "core/steps/node.hpp"

namespace keyhole::viz {

/// The steps inside a block: their results can be worked out from what is in sight.
bool can_predict(Kind kind);

/// Whether the value of that name (as in Step::values) is what a step of that kind gives.
bool is_result(Kind kind, std::string_view value);

} // namespace keyhole::viz
