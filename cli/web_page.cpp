#include "cli/web_page.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/markup.hpp"
#include "core/base/resources.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/step_tree.hpp"

namespace keyhole::cli {
namespace {

constexpr std::size_t largest_page = std::size_t{64} << 20; // bytes
constexpr std::string_view place = "<!--RECORDING-->";

// Inside a script element a < could begin its end; in JSON it stands in texts only.
std::string without_tags(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
        if (c == '<') {
            out += "\\u003c";
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

std::string web_page(const Recording& recording, std::string_view name, const std::optional<std::string>& address) {
    if (address) StepTree(recording).at(*address);
    const std::filesystem::path folder = resources::web_dir();
    if (folder.empty())
        throw io_error("the window for browsers is not here (it is made apart from the programs; ./dev web makes it)");
    std::string page = read_file(folder / "one-file.html", largest_page);
    const std::size_t at = page.find(place);
    if (at == std::string::npos)
        throw io_error(
            fmt::format("{} has no place for a recording (./dev web makes it anew)", shown(folder / "one-file.html")));
    page.replace(
        at, place.size(),
        fmt::format("<script type=\"application/json\" id=\"recording\" data-name=\"{}\" data-at=\"{}\">{}</script>",
                    markup(name), markup(address.value_or("")), without_tags(to_json(recording))));
    return page;
}

} // namespace keyhole::cli
