#include "viz/base/page_name.hpp"

#include <algorithm>
#include <array>

namespace keyhole::viz {
namespace {

struct Words {
    std::string_view name, label;
};

constexpr std::array<Words, page_count> pages = {{
    {"steps", "Steps"},
    {"table", "Table"},
    {"kat", "Known answers"},
    {"workbench", "Workbench"},
    {"compare", "Compare"},
    {"attack", "Attack"},
    {"live", "Live"},
    {"relay", "Relay"},
}};

} // namespace

std::string_view name(PageName page) { return pages[static_cast<std::size_t>(page)].name; }
std::string_view label(PageName page) { return pages[static_cast<std::size_t>(page)].label; }

std::optional<PageName> find_page(std::string_view wanted) {
    const auto* found = std::ranges::find(pages, wanted, &Words::name);
    return found == pages.end() ? std::nullopt : std::optional(static_cast<PageName>(found - pages.begin()));
}

} // namespace keyhole::viz
