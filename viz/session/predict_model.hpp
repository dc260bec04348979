// Guessing before looking: which of a step's values are what the step gives. While the user predicts they are covered
// until they are asked for; what the step starts from stays in sight.
#pragma once

#include <string_view>

#include "core/steps/curtain.hpp"
#include "core/steps/step.hpp"

namespace keyhole::viz {

/// The steps whose result can be worked out from what is in sight: by hand, so no powers of large numbers.
bool can_predict(const Step& step);

/// Whether the value of that name (as in Step::values) is what a step of that kind gives.
bool is_result(Kind kind, std::string_view value);

/// How much of the step a curtain hides: a step of which it would hide the result, but whose result nobody could tell
/// apart from the rest, is hidden whole.
Covered hidden_of(const StepTree& tree, const Curtain& curtain, const Step& step);

/// Two parts of the same round: one stage shows both.
bool beside(const Node& one, const Node& other);

} // namespace keyhole::viz
