// The application's keys and commands: who gets a key that was pressed, and what a command does.
#include <algorithm>
#include <cmath>

#include "core/steps/address.hpp"
#include "viz/app/app.hpp"
#include "viz/draw/imgui_compat.hpp"

namespace keyhole::viz {
namespace {

constexpr float smallest_scale = 1, largest_scale = 3, scale_step = 0.1F;

// A page of keys scrolls by this share of what is seen.
constexpr float page_share = 0.8F;

float stepped(float scale, float by) {
    return std::clamp(std::round((scale + by) * 10) / 10, smallest_scale, largest_scale);
}

// Keys that a text field needs for itself: everything but the commands that no field knows.
bool field_keeps(const KeyPress& press) {
    if (press.key == Key::f1 || press.key == Key::f12 || press.key == Key::escape || press.alt) return false;
    return !press.ctrl || press.key == key_of('c');
}

} // namespace

void App::run(Command command, Seconds now) {
    ui_.notice.clear();
    if (run_live(command) || session_->player.run(command, now)) return;
    if (const auto page = page_shown_by(command)) return show_page(*page);
    switch (command) {
        case Command::go_to: ui_.focus_go_to = true; break;
        case Command::copy_address:
            ImGui::SetClipboardText(step_.address.c_str());
            ui_.notice = "copied: " + step_.address;
            break;
        case Command::larger: ui_.scale = stepped(ui_.scale, scale_step); break;
        case Command::smaller: ui_.scale = stepped(ui_.scale, -scale_step); break;
        case Command::actual_size: ui_.scale = smallest_scale; break;
        case Command::next_theme: ui_.theme = next(ui_.theme); break;
        case Command::toggle_left: ui_.left = static_cast<LeftPanel>((static_cast<int>(ui_.left) + 1) % 3); break;
        case Command::export_csv: files_.ask(FileTask::export_csv, step_.address); break;
        case Command::open_file: files_.ask(FileTask::open, step_.address); break;
        case Command::save_file: files_.ask(FileTask::save, step_.address); break;
        case Command::picture_stage:
        case Command::picture_window:
            files_.ask(command == Command::picture_stage ? FileTask::picture_stage : FileTask::picture_window,
                       ui_.page == PageName::steps ? std::string_view(step_.address) : name(ui_.page));
            break;
        case Command::other_trace:
            if (sessions_.size() < 2) break;
            show_session(*sessions_[sessions_.size() - 2]);
            if (!session_->title.empty()) ui_.notice = "shown: " + session_->title;
            break;
        case Command::item_before: ui_.item_step = -1; break;
        case Command::item_after: ui_.item_step = 1; break;
        case Command::stage_up: ui_.scroll_stage = -page_share; break;
        case Command::stage_down: ui_.scroll_stage = page_share; break;
        case Command::details_up: ui_.scroll_details = -page_share; break;
        case Command::details_down: ui_.scroll_details = page_share; break;
        case Command::predict:
            ui_.predicting = !ui_.predicting;
            ui_.revealed = false;
            break;
        case Command::reveal: ui_.revealed = true; break;
        case Command::quit: ui_.quit = true; break;
        case Command::help: ui_.help = !ui_.help; break;
        case Command::close:
            ui_.help = false;
            leave_field_ = true;
            ui_.focus_go_to = false;
            ui_.go_to_error.clear();
            close_search();
            stage_memory_.forget_followed();
            break;
        default: break;
    }
}

bool App::keys(Seconds now) {
    bool entered = false;
    bool typing = ImGui::GetIO().WantTextInput;
    for (const KeyPress& press : std::exchange(pressed_, {})) {
        entered = entered || (press.key == Key::enter && ui_.go_to_active);
        if (press_files(press) || choose_hit(press) || press_help(press)) continue;
        if (press_page(press, now)) continue;
        if (typing && field_keeps(press)) continue;
        // What follows an Escape within one slow frame is no text any more.
        if (press.key == Key::escape) typing = false;
        if (const auto command = command_for(press)) run(*command, now);
    }
    return entered;
}

// The help lies before everything else: what would move in the trace scrolls it.
bool App::press_help(const KeyPress& press) {
    if (!ui_.help || ui_.go_to_active || press.ctrl || press.alt) return false;
    constexpr float line_share = 0.15F, all = 1e6F;
    switch (press.key) {
        case Key::up: ui_.scroll_stage = -line_share; return true;
        case Key::down: ui_.scroll_stage = line_share; return true;
        case Key::home: ui_.scroll_stage = -all; return true;
        case Key::end: ui_.scroll_stage = all; return true;
        case Key::left:
        case Key::right:
        case Key::space:
        case Key::enter: return true;
        default: return false;
    }
}

bool App::press_page(const KeyPress& press, Seconds now) {
    if (page() == nullptr || ui_.help || ui_.go_to_active || ui_.file_field_active) return false;
    const bool character = static_cast<int>(press.key) < 128 && !press.ctrl && !press.alt;
    if (character && ImGui::GetIO().WantTextInput) return false; // it belongs to the field
    Requests requests;
    FrameContext context = context_of(requests);
    const bool used = page()->press(press, context);
    apply(requests, now);
    refresh();
    return used;
}

} // namespace keyhole::viz
