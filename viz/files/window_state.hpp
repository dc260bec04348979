// What the window remembers from one time to the next: theme, scale, size and place, in a file of the XDG state folder
// (XDG Base Directory Specification 0.8). Nothing of any exchange is in it.
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "viz/picture/theme.hpp"

namespace keyhole::viz {

/// In the units of the window system; `x` and `y` are those of the content's upper left corner.
struct WindowPlace {
    int x = 0, y = 0, width = 0, height = 0;

    bool operator==(const WindowPlace&) const = default;
};

struct WindowState {
    ThemeName theme = ThemeName::dark;
    double zoom = 1; // of everything, over what the screen's own scale asks
    std::optional<WindowPlace> place;
    bool maximized = false;
    bool knows_the_moves = false; // what a newcomer is told was done once

    bool operator==(const WindowState&) const = default;
};

inline constexpr double least_zoom = 0.25, most_zoom = 4;
inline constexpr int least_width = 640, least_height = 400;

/// $XDG_STATE_HOME/keyhole/window.json, in ~/.local/state where that is not set or no absolute path; empty where there
/// is no home either.
std::filesystem::path window_state_file();

/// What the file holds; where there is none, what a first window has. Throws Error: bad_input where it is not what was
/// written there, io where it cannot be read.
WindowState read_window_state(const std::filesystem::path& file);

/// Makes the folders, too; numbers beyond what can be read are brought within it. Throws Error (io).
void write_window_state(const std::filesystem::path& file, const WindowState& state);

/// The place where the window can be reached on one of these screens: no larger than the largest of them, and nothing
/// where its head lies beside all of them.
std::optional<WindowPlace> reachable(WindowPlace place, std::span<const WindowPlace> screens);

} // namespace keyhole::viz
