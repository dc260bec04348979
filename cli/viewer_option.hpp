// --viewer: whose sight a page or a figure has. What that one cannot know is taken out of the recording before anything
// is made of it.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/recording/recording.hpp"

namespace keyhole::cli {

/// Adds --viewer, bound to `viewer`, which must outlive the parse.
CLI::Option* add_viewer_option(CLI::App* command, std::optional<std::string>& viewer);

/// What the viewer knows; all of it where none is named. Throws Error (bad_input) for an unknown name, where there are
/// no sides, and where the recording does not have that side's own values.
Recording seen_through(const Recording& recording, const std::optional<std::string>& viewer);

} // namespace keyhole::cli
