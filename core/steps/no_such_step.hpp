// What is said of an address that names no step of a trace: which step it may have meant, or what is there instead.
#pragma once

#include <string_view>

#include "core/base/error.hpp"
#include "core/steps/step_tree.hpp"

namespace keyhole {

/// `text` is an address that the tree does not find. Bad input, in one line.
Error no_such_step(const StepTree& tree, std::string_view text);

} // namespace keyhole
