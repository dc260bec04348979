#include <vector>

#include "core/recording/recording_json.hpp"
#include "viz/base/web/browser.hpp"
#include "viz/files/file_exchange.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_in_link = 200'000; // bytes of JSON: compressed, about what every browser takes as an address

} // namespace

bool pick_file() {
    browser_pick_file();
    return true;
}

void hand_over(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return browser_download(path.c_str());
    for (const auto& file : std::filesystem::directory_iterator(path)) browser_download(file.path().c_str());
}

std::string copy_link(const Recording& recording, std::string_view address) {
    const std::string json = to_json(recording);
    if (json.size() > most_in_link)
        return "the recording is too long for a link (Ctrl+S saves it; keyhole replay FILE --web makes one page of it)";
    browser_copy_link(json.c_str(), std::string(address).c_str());
    return "copied: a link with the whole recording, its secrets with it";
}

} // namespace keyhole::viz
