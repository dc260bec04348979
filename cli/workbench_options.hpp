// The flags that describe one message for DES, shared by encrypt, decrypt and trace des.
#pragma once

#include <CLI/CLI.hpp>

#include "core/recording/workbench.hpp"

namespace keyhole::cli {

/// Adds --key and --key-text, the forms of data, --mode, --iv and --padding, bound to `text`, which must outlive the
/// parse.
void add_workbench_options(CLI::App* command, WorkbenchText& text);

/// One message through DES. Says on stderr what a person should know: a drawn IV, a weak or bad-parity key, zeros that
/// may be padding or not. Throws Error as resolve and record_des do.
Recording record_aloud(const WorkbenchText& text);

} // namespace keyhole::cli
