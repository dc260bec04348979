// What can be asked of a step.
#pragma once

#include <vector>

#include "core/practice/question.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::practice {

/// Every question of numbers that the step has, in the order of the table; none where there is nothing to work out by
/// hand (numbers of more than 32 bits, messages of more than 64 bytes, an answer that stands among what is given).
std::vector<Question> questions_at(const Trace& trace, const Node& node);

} // namespace keyhole::practice
