#include "viz/files/file_exchange.hpp"

namespace keyhole::viz {

bool pick_file() { return false; }

void hand_over(const std::filesystem::path& /*path*/) {}

std::string copy_link(const Recording& /*recording*/, std::string_view /*address*/) {
    return "only a window in a browser has a link (./dev web builds it; keyhole exchange --web FILE writes one file)";
}

} // namespace keyhole::viz
