#include "viz/base/command.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyhole::viz {
namespace {

constexpr KeyPress plain(Key key) { return {.key = key}; }
constexpr KeyPress ctrl(char character) { return {.key = key_of(character), .ctrl = true}; }
constexpr KeyPress alt(Key key) { return {.key = key, .alt = true}; }
constexpr KeyPress no_key{};

// clang-format off
constexpr std::array commands = {
    CommandInfo{Command::start,        "Start",        {plain(Key::home), no_key},           "Home",      "\uf049", "to the first step of the trace"},
    CommandInfo{Command::out,          "Out",          {plain(Key::up), no_key},             "Up",        "\uf062", "to the step that this one is a part of"},
    CommandInfo{Command::back,         "Back",         {plain(Key::left), no_key},           "Left",      "\uf060", "to the step before, on the same level"},
    CommandInfo{Command::over,         "Over",         {plain(Key::right), no_key},          "Right",     "\uf061", "to the next step, without looking inside this one"},
    CommandInfo{Command::into,         "Into",         {plain(Key::down), no_key},           "Down",      "\uf063", "inside this step, to its first part"},
    CommandInfo{Command::end,          "End",          {plain(Key::end), no_key},            "End",       "\uf050", "to the very last step of the trace"},
    CommandInfo{Command::undo,         "Undo jump",    {alt(Key::left), no_key},             "Alt+Left",  "\uf0e2", "back to where the last jump started"},
    CommandInfo{Command::redo,         "Redo jump",    {alt(Key::right), no_key},            "Alt+Right", "\uf01e", "forward again to where the jump led"},
    CommandInfo{Command::play_pause,   "Play, pause",  {plain(Key::space), no_key},          "Space",     "\uf04b", "go on by itself, every step; any step stops it"},
    CommandInfo{Command::slower,       "Slower",       {plain(key_of('-')), no_key},         "-",         "\uf068", "fewer steps a second while playing"},
    CommandInfo{Command::faster,       "Faster",       {plain(key_of('+')), plain(key_of('='))}, "+",     "\uf067", "more steps a second while playing"},
    CommandInfo{Command::play_level,   "This level only", {plain(key_of('k')), no_key},      "K",         "",       "playing stays on the level of the step, or goes into every step"},
    CommandInfo{Command::go_to,        "Go to",        {ctrl('g'), plain(key_of('/'))},      "Ctrl+G",    "\uf002", "find a step: sbox 3, message 2 pad, a value in hex, an address"},
    CommandInfo{Command::copy_address, "Copy address", {ctrl('c'), no_key},                  "Ctrl+C",    "\uf0c5", "the address of this step to the clipboard"},
    CommandInfo{Command::copy_link,    "Copy link",    {ctrl('k'), no_key},                  "Ctrl+K",    "",       "in a browser: a link that holds the whole recording, and leads to this step"},
    CommandInfo{Command::larger,       "Larger",       {ctrl('+'), ctrl('=')},               "Ctrl +",    "",       "everything larger, up to 300 %"},
    CommandInfo{Command::smaller,      "Smaller",      {ctrl('-'), no_key},                  "Ctrl -",    "",       "everything smaller, down to 100 %"},
    CommandInfo{Command::actual_size,  "Actual size",  {ctrl('0'), no_key},                  "Ctrl 0",    "",       "everything at 100 %"},
    CommandInfo{Command::next_theme,   "Theme",        {plain(key_of('t')), no_key},         "T",         "\uf042", "dark, light, projector"},
    CommandInfo{Command::toggle_left,  "Left panel",   {plain(key_of('l')), no_key},         "L",         "\uf03a", "the exchange, the list of steps, or neither"},
    CommandInfo{Command::toggle_details, "Details",    {plain(key_of('d')), no_key},         "D",         "\uf05a", "the words and values of the step, or a larger stage"},
    CommandInfo{Command::show_pages,   "Pages",        {plain(Key::tab), no_key},            "Tab",       "\uf0c9", "all views and viewers, where their tabs have no room"},
    CommandInfo{Command::present,      "Present",      {plain(Key::f5), no_key},             "F5",        "\uf26c", "the stage as large as the window; L, D, Tab and the upper edge bring the rest; Shift dims all but what is pointed at"},
    CommandInfo{Command::black,        "Black",        {plain(key_of('.')), no_key},         ".",         "",       "a black screen, until the next key"},
    CommandInfo{Command::freeze,       "Freeze",       {plain(key_of(',')), no_key},         ",",         "",       "what is seen stays, here and for followers, whatever is done; again: goes on from there"},
    CommandInfo{Command::export_csv,   "Export CSV",   {ctrl('e'), no_key},                  "Ctrl+E",    "\uf0ce", "the whole trace as CSV files into a folder"},
    CommandInfo{Command::open_file,    "Open",         {ctrl('o'), no_key},                  "Ctrl+O",    "\uf07c", "a recording; the trace that is shown now is kept"},
    CommandInfo{Command::save_file,    "Save",         {ctrl('s'), no_key},                  "Ctrl+S",    "\uf0c7", "the recording, to be opened here or by keyhole replay"},
    CommandInfo{Command::picture_stage, "Stage picture", {ctrl('p'), no_key},                "Ctrl+P",    "\uf030", "the stage as a PNG for slides, at twice the size"},
    CommandInfo{Command::picture_window, "Window picture", {plain(Key::f12), no_key},        "F12",       "",       "the whole window as a PNG, at twice the size"},
    CommandInfo{Command::other_trace,  "Other trace",  {plain(key_of('b')), no_key},         "B",         "",       "back to the trace that was shown before this one"},
    CommandInfo{Command::perform,      "Perform",      {plain(key_of('n')), no_key},         "N",         "",       "a live exchange's next step; Right does it too, at the end of the trace"},
    CommandInfo{Command::run_mode,     "Run, step",    {plain(key_of('r')), no_key},         "R",         "",       "a live exchange goes on by itself, or waits for each step"},
    CommandInfo{Command::viewer,       "Who knows what", {plain(key_of('m')), no_key},       "M",         "",       "the exchange as both, server, client or an eavesdropper sees it"},
    CommandInfo{Command::follow,       "Follow",       {plain(key_of('f')), no_key},         "F",         "",       "go along with the window that is followed, or leave it"},
    CommandInfo{Command::zoom,         "Zoom",         {plain(key_of('z')), no_key},         "Z",         "\uf00e", "one S-box, one row of bits or one block fills the stage; Esc or Z leads back"},
    CommandInfo{Command::item_before,  "Item before",  {plain(key_of('<')), no_key},         "<",         "",       "follow the bit, character or byte before on the stage"},
    CommandInfo{Command::item_after,   "Item after",   {plain(key_of('>')), no_key},         ">",         "",       "follow the next bit, character or byte on the stage; Esc lets go"},
    CommandInfo{Command::stage_up,     "Stage up",     {plain(Key::page_up), no_key},        "PageUp",    "",       "scroll the stage up"},
    CommandInfo{Command::stage_down,   "Stage down",   {plain(Key::page_down), no_key},      "PageDown",  "",       "scroll the stage down"},
    CommandInfo{Command::details_up,   "Values up",    {KeyPress{.key = Key::page_up, .ctrl = true}, alt(Key::page_up)}, "Ctrl+PgUp", "", "scroll the words and values up; Alt+PgUp does it too, where a browser keeps Ctrl+PgUp"},
    CommandInfo{Command::details_down, "Values down",  {KeyPress{.key = Key::page_down, .ctrl = true}, alt(Key::page_down)}, "Ctrl+PgDn", "", "scroll the words and values down; Alt+PgDn does it too, where a browser keeps Ctrl+PgDn"},
    CommandInfo{Command::predict,      "Predict",      {plain(key_of('p')), no_key},         "P",         "",       "what a step gives stays covered until it is asked for: guess first"},
    CommandInfo{Command::reveal,       "Reveal",       {plain(Key::enter), no_key},          "Enter",     "",       "uncover what the step gives, while predicting"},
    CommandInfo{Command::help,         "Help",         {plain(Key::f1), plain(key_of('?'))}, "F1",        "\uf059", "this page of keys"},
    CommandInfo{Command::close,        "Close",        {plain(Key::escape), no_key},         "Esc",       "",       "leave the help, a field or a message"},
    CommandInfo{Command::quit,         "Quit",         {ctrl('q'), no_key},                  "Ctrl+Q",    "",       "close the window"},
};
// clang-format on

constexpr bool in_order() {
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (static_cast<std::size_t>(commands[i].command) != i) return false;
    }
    return commands.size() == static_cast<std::size_t>(Command::quit) + 1;
}
static_assert(in_order());

} // namespace

std::span<const CommandInfo> all_commands() { return commands; }

const CommandInfo& info(Command command) { return commands[static_cast<std::size_t>(command)]; }

std::optional<Command> command_for(const KeyPress& press) {
    if (press.key == Key::none) return std::nullopt;
    const auto* found = std::ranges::find_if(
        commands, [&](const CommandInfo& c) { return std::ranges::find(c.keys, press) != c.keys.end(); });
    return found == commands.end() ? std::nullopt : std::optional(found->command);
}

std::string tooltip(Command command) {
    const CommandInfo& c = info(command);
    return tooltip(c.name, c.words, c.shown_keys);
}

std::string tooltip(std::string_view name, std::string_view words, std::string_view key) {
    return fmt::format("{}: {} ({})", name, words, key);
}

} // namespace keyhole::viz
