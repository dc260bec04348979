// The flags that describe one message for DES, shared by encrypt, decrypt, trace des, figure des and lessons.
#pragma once

#include <CLI/CLI.hpp>

#include "core/recording/workbench.hpp"

namespace keyhole::cli {

/// Adds --key and --key-text, the forms of data, --mode, --iv and --padding, bound to `text`, which must outlive the
/// parse.
void add_workbench_options(CLI::App* command, WorkbenchText& text);

} // namespace keyhole::cli
