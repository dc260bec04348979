// The flags of keyhole-viz as they were typed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/recording/workbench.hpp"
#include "flags/exchange_flags.hpp"

namespace keyhole::viz {

/// As typed; an absent field was not given.
struct TypedOptions : cli::ExchangeText { // `server.mode` and `variant` belong to the workbench as well
    std::optional<std::string> open, go_to, view, theme, scale, screenshot, size, press, listen, connect, class_at,
        publish, follow, lesson;
    std::optional<std::uint32_t> max_sessions;
    std::optional<std::size_t> stream;
    bool no_state = false, present = false, still = false;
    WorkbenchText workbench;
};

/// The names that --view takes.
std::vector<std::string_view> page_names();

/// Empty when --help or --version was all. Throws Error, one line.
std::optional<TypedOptions> parse_flags(int argc, char** argv);

} // namespace keyhole::viz
