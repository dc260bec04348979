// The views of the keys 1 to 8: the stage of the current step, and the pages that show something else in its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keyhole::viz {

enum class PageName { steps, table, kat, workbench, compare, attack, live, relay };
inline constexpr std::size_t page_count = 8;

/// As --view takes it: "table".
std::string_view name(PageName page);
std::optional<PageName> find_page(std::string_view name);

/// As its tab is labelled: "Table".
std::string_view label(PageName page);

} // namespace keyhole::viz
