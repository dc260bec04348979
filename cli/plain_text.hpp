// A step for a screen reader: one sentence a line, no columns, no colour, and no signs that are read aloud badly.
#pragma once

#include <string>
#include <string_view>

#include "core/steps/trace.hpp"

namespace keyhole::cli {

/// Prose with each sentence on a line of its own, and with words and plain digits in place of ⊕, → and small digits.
std::string sentences(std::string_view prose);

/// One step: heading, address and source, its named values, and the paragraph that explains it.
std::string plain_step_text(const Trace& trace, const Node& node);

} // namespace keyhole::cli
