// The pages of the window, in one table: adding a page is its folder and one line here.
#pragma once

#include <span>

#include "viz/frame/page_info.hpp"

namespace keyhole::viz {

/// In the order of their tabs.
std::span<const PageInfo> all_pages();

/// By its name as --view takes it, or by the one that it had once. Nothing where there is none.
const PageInfo* find_page(std::string_view name);

} // namespace keyhole::viz
