#include "viz/platform/window_title.hpp"

#include <fmt/format.h>

namespace keyhole::viz {

std::string window_title(App& app) {
    const Session& session = app.session();
    std::string title = session.cursor.address();
    if (app.ui().page != PageName::steps) title += fmt::format(" [{}]", find_page(all_pages(), app.ui().page)->label);
    if (session.player.playing()) title += fmt::format(" (playing, {:g} steps a second)", session.player.speed());
    return title + " - Keyhole";
}

} // namespace keyhole::viz
