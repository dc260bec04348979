#include "viz/app/settings.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

constexpr float smallest_scale = 1, largest_scale = 3, scale_step = 0.1F;

// A page of keys scrolls by this share of what is seen.
constexpr float page_share = 0.8F;

float stepped(float scale, float by) { return fitting_scale(std::round((scale + by) * 10) / 10); }

} // namespace

float fitting_scale(float scale) { return std::clamp(scale, smallest_scale, largest_scale); }

bool set(UiState& ui, Command command) {
    switch (command) {
        case Command::larger: ui.scale = stepped(ui.scale, scale_step); return true;
        case Command::smaller: ui.scale = stepped(ui.scale, -scale_step); return true;
        case Command::actual_size: ui.scale = smallest_scale; return true;
        case Command::next_theme: ui.theme = next(ui.theme); return true;
        case Command::toggle_left: ui.left = static_cast<LeftPanel>((static_cast<int>(ui.left) + 1) % 3); return true;
        case Command::toggle_details: ui.details = !ui.details; return true;
        case Command::present:
            ui.presenting = !ui.presenting;
            ui.overlay = Overlay::none;
            return true;
        case Command::black: ui.black = true; return true;
        case Command::zoom: ui.zoom_turned = true; return true;
        case Command::item_before: ui.item_step = -1; return true;
        case Command::item_after: ui.item_step = 1; return true;
        case Command::stage_up: ui.scroll_stage = -page_share; return true;
        case Command::stage_down: ui.scroll_stage = page_share; return true;
        case Command::details_up: ui.scroll_details = -page_share; return true;
        case Command::details_down: ui.scroll_details = page_share; return true;
        case Command::predict:
            ui.predicting = !ui.predicting;
            ui.revealed = false;
            return true;
        case Command::reveal: ui.revealed = true; return true;
        case Command::quit: ui.quit = true; return true;
        case Command::help: ui.help = !ui.help; return true;
        default: return false;
    }
}

bool press_help(UiState& ui, const KeyPress& press) {
    if (!ui.help || press.ctrl || press.alt) return false;
    constexpr float line_share = 0.15F, all = 1e6F;
    switch (press.key) {
        case Key::up: ui.scroll_stage = -line_share; return true;
        case Key::down: ui.scroll_stage = line_share; return true;
        case Key::home: ui.scroll_stage = -all; return true;
        case Key::end: ui.scroll_stage = all; return true;
        case Key::left:
        case Key::right:
        case Key::space:
        case Key::enter: return true;
        default: return false;
    }
}

void end_frame(UiState& ui) {
    ui.item_step = 0;
    ui.zoom_turned = false;
    ui.scroll_stage = ui.scroll_details = 0;
}

} // namespace keyhole::viz
