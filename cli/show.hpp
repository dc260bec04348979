// How a trace is shown in a terminal: all its steps, one step in full, or step by step. The window shows the same tree
// with the same cursor.
#pragma once

#include <string>

#include "core/steps/trace.hpp"

namespace keyhole::cli {

/// One line per step: `ADDRESS  what happened`.
void print_all_steps(const Trace& trace);

/// One step: its named values in hex and bits, and the paragraph that explains it.
void print_step(const Trace& trace, const Node& node);

void print_step_json(const Trace& trace, const Node& node);

/// All steps as one JSON array.
void print_all_json(const Trace& trace);

/// Interactive: Enter or n over, i into, o out, b back, s start, e end, u undo, r redo, g ADDRESS, h help, q quit.
void step_through(const Trace& trace);

} // namespace keyhole::cli
