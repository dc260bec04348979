// --web: a recording and the window that shows it, as one HTML file that opens from a disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/recording/recording.hpp"

namespace keyhole::cli {

/// The whole page: what ./dev web made, with `recording` inside. `name` is what the window calls it, `address` the step
/// that it opens at. Throws Error: bad_input when there is no such step, io when the window for browsers is not there.
std::string web_page(const Recording& recording, std::string_view name, const std::optional<std::string>& address);

} // namespace keyhole::cli
