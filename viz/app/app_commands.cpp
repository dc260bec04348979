// The application's keys and commands: who gets a key that was pressed, and what a command does.
#include "core/base/utf8.hpp"
#include "core/steps/address.hpp"
#include "viz/app/app.hpp"
#include "viz/app/sessions/other_sight.hpp"
#include "viz/app/settings.hpp"
#include "viz/base/wide_characters.hpp"
#include "viz/files/file_exchange.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/file_field.hpp"
#include "viz/panels/go_to_field.hpp"
#include "viz/session/next_model.hpp"

namespace keyhole::viz {
namespace {

// A panel that was asked for and is not used goes by itself.
constexpr Seconds overlay_stays{10};

Overlay overlay_of(Command command) {
    switch (command) {
        case Command::toggle_left: return Overlay::left;
        case Command::toggle_details: return Overlay::details;
        case Command::show_pages: return Overlay::pages;
        default: return Overlay::none;
    }
}

bool goes_on(Command command) { return command == Command::over || command == Command::into; }

} // namespace

void App::hand_out_keys(Seconds now) {
    const bool typing = ImGui::GetIO().WantTextInput;
    const bool finding = window_.state.of<GoToField>().active, naming = window_.state.of<FileField>().active;
    TypedKeys typed(typing);
    keys_.hand_out({
        [&](const KeyPress& press) {
            const bool wakes = ui_.black && command_for(press) != Command::quit;
            if (wakes) ui_.black = false;
            return wakes;
        },
        [&](const KeyPress& press) { return !finding && files_.press(press, naming, typing); },
        [&](const KeyPress& press) { return go_to_.press(press, sessions_.shown().search, finding); },
        [&](const KeyPress& press) { return !finding && press_help(ui_, press); },
        [&](const KeyPress& press) { return !finding && !naming && press_page(press, now); },
        [&](const KeyPress& press) { return typed.press(press); },
        [&](const KeyPress& press) {
            const auto command = command_for(press);
            if (command) run(*command, now);
            return command.has_value();
        },
        [&](const KeyPress& press) {
            const PageInfo* page = page_for(pages_.table(), press);
            if (page == nullptr) return false;
            ui_.notice.clear();
            show(page->name);
            return true;
        },
    });
}

void App::type(char32_t character) {
    const auto field = window_.state.of<WideCharacters>().into_field(utf8_of(character));
    if (field) return ImGui::GetIO().AddInputCharactersUTF8(field->c_str());
    ui_.notice = "that was not typed (more kinds of characters beyond U+FFFF than the fields have room for)";
}

bool App::press_page(const KeyPress& press, Seconds now) {
    Page* shown = ui_.help ? nullptr : page();
    if (shown == nullptr) return false;
    const bool character = static_cast<int>(press.key) < 128 && !press.ctrl && !press.alt;
    if (character && ImGui::GetIO().WantTextInput) return false; // it belongs to the field
    refresh();
    Requests requests;
    FrameContext context = context_of(requests);
    const bool used = shown->press(press, context);
    apply(requests, now);
    return used;
}

void App::run(Command command, Seconds now) {
    ui_.notice.clear();
    if (const Overlay wanted = overlay_of(command); drawing().stage.layout.lacks(wanted))
        return show_overlay(ui_.overlay == wanted ? Overlay::none : wanted, now);
    const Node before = sessions_.shown().cursor.node();
    if (live_.run(command) || sessions_.shown().player.run(command, now) || set(ui_, command)) {
        const Session& shown = sessions_.shown();
        const bool moved = !(shown.cursor.node() == before);
        ui_.done.over = ui_.done.over || (moved && command == Command::over);
        ui_.done.into = ui_.done.into || (moved && command == Command::into);
        if (goes_on(command) && !moved && !live_.controller().started())
            ui_.notice = what_next(shown.trace.tree(), before).next;
        return refresh();
    }
    const std::string& here = current_.step().address;
    switch (command) {
        case Command::go_to: go_to_.ask(); break;
        case Command::copy_address:
            ImGui::SetClipboardText(here.c_str());
            ui_.notice = "copied: " + here;
            break;
        case Command::copy_link: ui_.notice = copy_link(sessions_.shown().recording, here); break;
        case Command::export_csv: files_.files().ask(FileTask::export_csv, here); break;
        case Command::open_file:
            if (!pick_file()) files_.files().ask(FileTask::open, here);
            break;
        case Command::save_file: files_.files().ask(FileTask::save, here); break;
        case Command::picture_stage:
        case Command::picture_window:
            files_.files().ask(command == Command::picture_stage ? FileTask::picture_stage : FileTask::picture_window,
                               ui_.page == PageName::steps ? std::string_view(here) : ui_.page.text());
            break;
        case Command::other_trace:
            if (const Session* other = sessions_.shown_before()) {
                sessions_.show(*other);
                if (!other->title.empty()) ui_.notice = "shown: " + other->title;
            }
            break;
        case Command::viewer: show_as_next(sessions_, ui_); break;
        case Command::follow: lecture_.toggle_follow(); break;
        case Command::freeze: freeze(); break;
        case Command::close: close(); break;
        default: break;
    }
    refresh();
}

void App::show_overlay(Overlay what, Seconds now) {
    ui_.overlay = what;
    overlay_ends_ = now + overlay_stays;
    if (what == Overlay::left && ui_.left == LeftPanel::none) ui_.left = LeftPanel::exchange;
}

void App::freeze() {
    if (frozen_) {
        frozen_.reset();
    } else {
        frozen_.emplace(Frozen{sessions_.shown().cursor, current_.step()});
    }
    window_.moved = true;
}

void App::close() {
    ui_.help = false;
    // The toolbar came with the mouse and goes with it.
    if (goes_by_itself(ui_.overlay)) {
        ui_.overlay = Overlay::none;
        return;
    }
    leaves_field_ = true;
    go_to_.leave(sessions_.shown());
    StageMemory& stage = window_.state.of<StageMemory>();
    if (!stage.leave_zoom()) stage.forget_followed();
}

} // namespace keyhole::viz
