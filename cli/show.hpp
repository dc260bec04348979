// How a trace is shown in a terminal: all its steps, or one step in full. The window shows the same tree.
#pragma once

#include <string>

#include "core/steps/trace.hpp"

namespace keyhole::cli {

/// One line per step: `ADDRESS  what happened`.
void print_all_steps(const Trace& trace);

/// `  name  0x14  010100  = 20`: one value in hex, bits and decimal, its name as wide as `name_width`.
std::string value_line(const Value& value, std::size_t name_width);

/// One step: its named values in hex and bits, and the paragraph that explains it.
std::string step_text(const Trace& trace, const Node& node);

void print_step_json(const Trace& trace, const Node& node);

/// All steps as one JSON array.
void print_all_json(const Trace& trace);

} // namespace keyhole::cli
