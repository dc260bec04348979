// The views of the keys 1 to 8: the stage of the current step, and the pages that show something else in its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keyhole::viz {

enum class ViewName { steps, table, answers, workbench, compare, attack, live, relay };
inline constexpr std::size_t view_count = 8;

/// As --view takes it: "table".
std::string_view name(ViewName view);
std::optional<ViewName> find_view(std::string_view name);

/// As its tab is labelled: "Table".
std::string_view label(ViewName view);

} // namespace keyhole::viz
