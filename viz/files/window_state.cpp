#include "viz/files/window_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"

namespace keyhole::viz {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view format = "keyhole-window/1";
constexpr std::size_t largest_file = 4096;
constexpr int farthest = 32767; // X11's coordinates have 16 bits

Error not_a_state(const fs::path& file) {
    return bad_input(
        fmt::format("{} is ignored (it is not what a window wrote there; it is written anew when this "
                    "window closes, or remove it)",
                    shown(file)));
}

template <class Number>
Number number(const json& object, const char* name, Number least, Number most) {
    const auto value = object.at(name).get<double>();
    if (!(value >= static_cast<double>(least) && value <= static_cast<double>(most))) throw std::out_of_range(name);
    return static_cast<Number>(value);
}

WindowState state_of(const json& object) {
    if (object.at("format").get<std::string>() != format) throw std::out_of_range("format");
    WindowState state;
    state.theme = find_named(every_theme, object.at("theme").get<std::string>()).value();
    state.zoom = number(object, "zoom", least_zoom, most_zoom);
    state.maximized = object.at("maximized").get<bool>();
    state.knows_the_moves = object.value("knows_the_moves", false);
    if (object.contains("width"))
        state.place = WindowPlace{.x = number(object, "x", -farthest, farthest),
                                  .y = number(object, "y", -farthest, farthest),
                                  .width = number(object, "width", least_width, farthest),
                                  .height = number(object, "height", least_height, farthest)};
    return state;
}

std::string variable(const char* name) {
    const char* const value = std::getenv(name); // NOLINT: no thread changes the environment
    return value == nullptr ? "" : value;
}

} // namespace

fs::path window_state_file() {
    fs::path folder = variable("XDG_STATE_HOME");
    if (folder.is_relative()) {
        const fs::path home = variable("HOME");
        if (home.is_relative()) return {};
        folder = home / ".local" / "state";
    }
    return folder / "keyhole" / "window.json";
}

WindowState read_window_state(const fs::path& file) {
    std::error_code none;
    if (!fs::exists(file, none)) return {};
    try {
        return state_of(json::parse(read_file(file, largest_file)));
    } catch (const Error& error) {
        if (error.failure() == Failure::io) throw;
    } catch (const std::exception&) { // JSON's own, a missing theme, a number out of range
    }
    throw not_a_state(file);
}

void write_window_state(const fs::path& file, const WindowState& state) {
    json object = {{"format", format},
                   {"theme", name(state.theme)},
                   {"zoom", std::clamp(state.zoom, least_zoom, most_zoom)},
                   {"maximized", state.maximized},
                   {"knows_the_moves", state.knows_the_moves}};
    if (state.place)
        object.update({{"x", std::clamp(state.place->x, -farthest, farthest)},
                       {"y", std::clamp(state.place->y, -farthest, farthest)},
                       {"width", std::clamp(state.place->width, least_width, farthest)},
                       {"height", std::clamp(state.place->height, least_height, farthest)}});
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    if (failed)
        throw io_error(fmt::format("{} cannot be made ({}; use --no-state where nothing is to be remembered)",
                                   shown(file.parent_path()), failed.message()));
    write_file(file, object.dump(2) + "\n");
}

std::optional<WindowPlace> reachable(WindowPlace place, std::span<const WindowPlace> screens) {
    constexpr int grip_width = 100, grip_height = 30; // of the window's head: enough to drag it by
    int widest = 0, highest = 0;
    bool seen = false;
    for (const WindowPlace& screen : screens) {
        widest = std::max(widest, screen.width);
        highest = std::max(highest, screen.height);
        const int left = std::max(place.x, screen.x);
        const int right = std::min(place.x + place.width, screen.x + screen.width);
        const bool head = place.y >= screen.y && place.y + grip_height <= screen.y + screen.height;
        seen = seen || (head && right - left >= grip_width);
    }
    if (!seen) return std::nullopt;
    place.width = std::min(place.width, widest);
    place.height = std::min(place.height, highest);
    return place;
}

} // namespace keyhole::viz
