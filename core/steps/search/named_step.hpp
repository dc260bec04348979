// A step as a person names it on a command line, and what may have been meant where no step has that name.
#pragma once

#include <string_view>

#include "core/steps/trace.hpp"

namespace keyhole {

/// As StepTree::at. Where the address is words instead ("round 5 sbox 3"), the Error (bad_input) offers the first step
/// that they find.
Node named_step(const Trace& trace, std::string_view address);

} // namespace keyhole
