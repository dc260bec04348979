// What the user can ask for, in one table: toolbar, keyboard, tooltips and the F1 help all read it. (The keys that show
// a page stand in the table of pages, viz/app/page_table.cpp.)
// Keys are ours, not a window library's: the window, the tests and a browser translate theirs into a KeyPress.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace keyhole::viz {

enum class Command {
    start,
    out,
    back,
    over,
    into,
    end,
    undo,
    redo,
    play_pause,
    slower,
    faster,
    play_level,
    go_to,
    copy_address,
    copy_link,
    larger,
    smaller,
    actual_size,
    next_theme,
    toggle_left,
    toggle_details,
    show_pages,
    present,
    black,
    freeze,
    export_csv,
    open_file,
    save_file,
    picture_stage,
    picture_window,
    other_trace,
    perform,
    run_mode,
    viewer,
    follow,
    zoom,
    item_before,
    item_after,
    stage_up, // scrolling
    stage_down,
    details_up,
    details_down,
    predict,
    reveal,
    help,
    close,
    quit,
};

/// A key as it is labelled: printable ones by their lower-case ASCII character, others by name.
enum class Key : int {
    none = 0,
    space = ' ',
    left = 256,
    right,
    up,
    down,
    home,
    end,
    escape,
    enter,
    f1,
    f5,
    f12,
    page_up,
    page_down,
    tab
};
constexpr Key key_of(char character) { return static_cast<Key>(character); }

struct KeyPress {
    Key key = Key::none;
    bool ctrl = false, alt = false;

    bool operator==(const KeyPress&) const = default;
};

struct CommandInfo {
    Command command;
    std::string_view name;
    std::array<KeyPress, 2> keys;
    std::string_view shown_keys; // as written on a key cap
    std::string_view icon;       // one character of Font Awesome; empty where there is no button
    std::string_view words;      // one line for tooltip and help
};

std::span<const CommandInfo> all_commands();
const CommandInfo& info(Command command);

/// Empty where the key means nothing.
std::optional<Command> command_for(const KeyPress& press);

/// For a tooltip: what it does, and its key in brackets.
std::string tooltip(Command command);
std::string tooltip(std::string_view name, std::string_view words, std::string_view key);

} // namespace keyhole::viz
