// The flags that describe one message for DES, shared by encrypt, decrypt and trace des.
#pragma once

#include <CLI/CLI.hpp>

#include "core/recording/workbench.hpp"

namespace keyhole::cli {

/// Adds --key --hex --text --in --mode --iv --padding, bound to `text`, which must outlive the parse.
void add_workbench_options(CLI::App* command, WorkbenchText& text);

/// Resolves, and says on stderr what a person should know: a drawn IV, a weak or bad-parity key.
WorkbenchInput resolve_aloud(const WorkbenchText& text);

} // namespace keyhole::cli
