#include "viz/base/page_name.hpp"

#include <algorithm>
#include <array>

namespace keyhole::viz {
namespace {

struct Words {
    std::string_view name, label;
};

constexpr std::array<Words, view_count> views = {{
    {"steps", "Steps"},
    {"table", "Table"},
    {"answers", "Known answers"},
    {"workbench", "Workbench"},
    {"compare", "Compare"},
    {"attack", "Attack"},
    {"live", "Live"},
    {"relay", "Relay"},
}};

} // namespace

std::string_view name(ViewName view) { return views[static_cast<std::size_t>(view)].name; }
std::string_view label(ViewName view) { return views[static_cast<std::size_t>(view)].label; }

std::optional<ViewName> find_view(std::string_view wanted) {
    const auto* found = std::ranges::find(views, wanted, &Words::name);
    return found == views.end() ? std::nullopt : std::optional(static_cast<ViewName>(found - views.begin()));
}

} // namespace keyhole::viz
