// Guessing before looking: which of a step's values, and which cells of its stage, are what the step gives. While the
// user predicts they are covered until they are asked for; what the step starts from stays in sight.
#pragma once

#include <string_view>

#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

/// The steps inside a block: their results can be worked out from what is in sight.
bool can_predict(Kind kind);

/// Whether the value of that name (as in Step::values) is what a step of that kind gives.
bool is_result(Kind kind, std::string_view value);

/// The cells of the round's stage that the step gives, with all that follows from them. `box` is that of an S-box's
/// step, 1 to 8; the boxes behind it are not done yet either.
CellSet result_cells(Kind kind, unsigned box);

} // namespace keyhole::viz
