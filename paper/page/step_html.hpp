// One step as a piece of a page: its heading, its named values as a table, its words.
#pragma once

#include <string>

#include "core/steps/trace.hpp"

namespace keyhole::paper {

/// Heading (h2 for the steps at the top, one deeper for each level), source, paragraph and table.
std::string step_html(const Step& step);

/// The rounds of a block as a table, each with a link to its step.
std::string rounds_html(const Trace& trace, const Node& block);

} // namespace keyhole::paper
