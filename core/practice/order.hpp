// Questions of order: the parts of a round, or of a block, shuffled and with some that do not belong there.
#pragma once

#include <optional>

#include "core/base/random.hpp"
#include "core/practice/question.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::practice {

/// For a step that is a round or a block; nothing for others. `random` shuffles and chooses what does not belong.
std::optional<Question> order_at(const Trace& trace, const Node& node, Random& random);

} // namespace keyhole::practice
