// What views asked for in a frame is done here, after it.
#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/steps/address.hpp"
#include "viz/app/app.hpp"
#include "viz/app/sessions/other_sight.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_copied_shown = 60; // bytes

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

void go_to(Session& session, UiState& ui, const Node& node) {
    if (session.player.go_to(node)) return;
    if (const std::string why = why_unknown(session.recording, node); !why.empty())
        ui.notice = fmt::format("{} is unknown here: {}", address(node), why);
}

void copy(UiState& ui, const request::Copy& what) {
    ImGui::SetClipboardText(what.text.c_str());
    ui.copied = what.value;
    if (ui.copied.empty()) ui.notice = "copied: " + excerpt(what.text, most_copied_shown);
}

} // namespace

void App::apply(Requests& requests, Seconds now) {
    for (Request& request : requests.take()) {
        apply(request, now);
        refresh();
    }
}

void App::apply(Request& request, Seconds now) {
    Session& shown = sessions_.shown();
    std::visit(Overloaded{
                   [&](const request::Run& what) { run(what.command, now); },
                   [&](const request::GoTo& what) { viz::go_to(shown, ui_, what.node); },
                   [&](const request::GoToAddress& what) { go_to_.go(shown, what.address); },
                   [&](request::Search& what) { go_to_.type(shown, std::move(what.text)); },
                   [&](const request::CloseSearch&) { go_to_.close_list(); },
                   [&](const request::Seek& what) { shown.player.seek(what.number, what.going_on); },
                   [&](const request::ShowLeft& what) { ui_.left = what.panel; },
                   [&](const request::ShowOverlay& what) { show_overlay(what.what, now); },
                   [&](const request::Widen& what) {
                       (what.panel == Overlay::left ? ui_.left_width : ui_.details_width) = what.width;
                   },
                   [&](const request::ShowPage& what) { show(what.page); },
                   [&](const request::ShowAs& what) { show_as(sessions_, ui_, what.viewer); },
                   [&](const request::Copy& what) { copy(ui_, what); },
                   [&](const request::EnterFile&) { files_.enter(); },
                   [&](const request::File& what) { what.act(files_.files()); },
                   [&](const request::Notice& what) { ui_.notice = what.words; },
                   [&](const request::Live& what) { what.act(live_.controller()); },
                   [&](const request::Press& what) { press(what.press); },
                   [&](request::Open& what) { sessions_.try_open(std::move(what.opened)); },
               },
               request);
}

} // namespace keyhole::viz
