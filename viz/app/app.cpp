#include "viz/app/app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.hpp"
#include "core/base/excerpt.hpp"
#include "core/steps/address.hpp"
#include "viz/app/page_factory.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/views.hpp"
#include "viz/live/lecture.hpp"

namespace keyhole::viz {
namespace {

constexpr float text_height = 18; // pixels at scale 1
// In a larger window than this (pixels), a theme that grows has larger type.
constexpr float usual_width = 1280, usual_height = 720;

// More than these, and the trace that was left longest ago is closed.
constexpr std::size_t most_sessions = 8;

template <class Draw>
void panel(FrameContext& context, const char* id, const Rect& rect, bool scrolls, Draw draw_inside) {
    if (compat::begin_panel(id, {rect.x, rect.y}, {rect.w, rect.h}, scrolls)) draw_inside(context);
    ImGui::EndChild();
}

} // namespace

App::App(Recording recording, std::filesystem::path font_folder, std::string title)
    : font_folder_(std::move(font_folder)) {
    open({.recording = std::move(recording), .title = std::move(title), .go_to = {}});
}

App::~App() = default;

void App::open(Opened opened) {
    auto session = std::make_unique<Session>(std::move(opened.recording), std::move(opened.title));
    if (session->trace.tree().total() == 0)
        throw bad_input("there is nothing to see (the recording holds no step; open another)");
    session->trace.prepare();
    if (!opened.go_to.empty()) session->player.go_to(opened.go_to);
    sessions_.push_back(std::move(session));
    close_oldest();
    show_session(*sessions_.back());
    show_page(opened.page);
}

// A live exchange and a lecture stay: nothing could open them again.
void App::close_oldest() {
    if (sessions_.size() <= most_sessions) return;
    const auto oldest = std::find_if(sessions_.begin(), sessions_.end() - 1, [&](const auto& session) {
        return live_.find(session->live) == nullptr && session->id != lecture_session_;
    });
    if (oldest != sessions_.end() - 1) sessions_.erase(oldest);
}

bool App::try_open(Opened opened) {
    try {
        open(std::move(opened));
        return true;
    } catch (const Error& error) {
        ui_.notice = error.what();
        return false;
    }
}

Session* App::session_with(std::uint64_t id) const {
    const auto found = std::ranges::find_if(sessions_, [&](const auto& session) { return session->id == id; });
    return found == sessions_.end() ? nullptr : found->get();
}

void App::show_session(const Session& session) {
    const auto at = std::ranges::find_if(sessions_, [&](const auto& one) { return one.get() == &session; });
    std::rotate(at, at + 1, sessions_.end());
    session_ = sessions_.back().get();
    step_ = {};
    steps_.clear();
    ui_.traced.reset();
    ui_.traced_kept = false;
    ui_.go_to_open = ui_.go_to_entered = false;
    ui_.go_to_chosen.reset();
    refresh();
}

Page* App::page() const { return pages_[static_cast<std::size_t>(ui_.page)].get(); }

void App::show_page(PageName name) {
    auto& page = pages_[static_cast<std::size_t>(name)];
    if (!page) page = make_page(name);
    ui_.page = name;
    ui_.help = false;
    moved_ = true;
}

std::optional<Seconds> App::due() const {
    if (!session_->search.done()) return Seconds(0);
    std::optional<Seconds> first = session_->player.due();
    if (const auto due = live_.due())
        first = std::min(first.value_or(Seconds::max()), Seconds(static_cast<double>(*due) / 1000));
    if (const auto due = lecture_due()) first = std::min(first.value_or(*due), *due);
    if (const auto due = files_.due()) first = std::min(first.value_or(*due), *due);
    if (const auto due = page() != nullptr ? page()->due() : std::nullopt) first = std::min(first.value_or(*due), *due);
    return first;
}

bool App::prepare() {
    const Theme& colours = theme(ui_.theme);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float larger = std::clamp(std::min(size.x / usual_width, size.y / usual_height), 1.0F, 3.0F);
    const float em = std::round(text_height * ui_.scale * colours.text_factor * (1 + colours.growth * (larger - 1)));
    apply_theme(theme(ui_.theme), em);
    if (fonts_.em == em) return false;
    load_fonts(*ImGui::GetIO().Fonts, fonts_, font_folder_, em);
    moved_ = true;
    return true;
}

void App::refresh() {
    const Node& node = session_->cursor.node();
    if (step_.node == node && node.depth() > 0 && !steps_.empty()) return;
    if (step_.node.up_to(Kind::round) != node.up_to(Kind::round)) {
        ui_.traced.reset();
        ui_.traced_kept = false;
    }
    ui_.revealed = false;
    ui_.copied.clear();
    step_ = session_->trace.step(node);
    steps_ = step_rows(session_->trace.tree(), node);
    parts_ = stage_of(node) == StageKind::parts ? make_parts_model(session_->trace, node) : PartsModel{};
    moved_ = true;
}

namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

void App::apply(Requests& requests, Seconds now) {
    for (Request& one : requests.take()) apply(one, now);
}

void App::apply(Request& one, Seconds now) {
    std::visit(Overloaded{
                   [&](const request::Run& run) { this->run(run.command, now); },
                   [&](const request::GoTo& go) {
                       if (session_->player.go_to(go.node)) return;
                       if (std::string why = why_unknown(session_->recording, go.node); !why.empty())
                           ui_.notice = fmt::format("{} is unknown here: {}", address(go.node), why);
                   },
                   [&](const request::GoToAddress& go) {
                       ui_.go_to_error.clear();
                       try {
                           session_->player.go_to(go.address);
                           ui_.go_to_text.clear();
                           close_search();
                       } catch (const Error& error) {
                           ui_.go_to_error = error.what();
                           ui_.focus_go_to = true;
                       }
                   },
                   [&](const request::Search& search) {
                       session_->search.start(search.text, session_->cursor.node());
                       ui_.go_to_chosen.reset();
                       ui_.go_to_open = !search.text.empty();
                   },
                   [&](const request::ShowLeft& show) { ui_.left = show.panel; },
                   [&](const request::ShowPage& show) { show_page(show.page); },
                   [&](const request::ShowAs& show) { show_as(show.viewer); },
                   [&](const request::Seek& seek) {
                       const bool moved = session_->player.seek(seek.number, ui_.seeking);
                       ui_.seeking = ui_.seeking || moved;
                   },
                   [&](const request::Copy& copy) {
                       ImGui::SetClipboardText(copy.text.c_str());
                       ui_.copied = copy.value;
                       constexpr std::size_t most_shown = 60; // bytes
                       if (ui_.copied.empty()) ui_.notice = "copied: " + excerpt(copy.text, most_shown);
                   },
                   [&](const request::EnterFile&) { file_entered_ = true; },
                   [&](const request::Notice& notice) { ui_.notice = notice.words; },
                   [&](const request::Live& live) { live.act(live_); },
                   [&](request::Open& open) { try_open(std::move(open.opened)); },
               },
               one);
}

void App::frame(Seconds now) {
    end_file_work(now);
    update_live(now);
    update_lecture(now);
    session_->player.tick(now);
    for (const auto& page : pages_) {
        if (page) page->tick(now);
    }
    const bool entered = keys(now);
    refresh();
    Requests requests;
    draw(requests);
    moved_ = false;
    ui_.item_step = 0;
    ui_.scroll_stage = ui_.scroll_details = 0;
    // After drawing, for a field that was given the keyboard a frame ago and takes it only now.
    if (std::exchange(leave_field_, false)) {
        compat::leave_field();
        ui_.go_to_text.clear();
        requests.withdraw<request::Search>();
    }
    // After drawing, so that characters that came with the Enter are in the field.
    if (entered && !ui_.go_to_text.empty()) {
        ui_.go_to_entered = true;
        compat::leave_field();
    }
    apply(requests, now);
    if (std::exchange(file_entered_, false)) do_file();
    search_some();
    refresh();
    publish_shown();
}

FrameContext App::context_of(Requests& requests) {
    return {*session_,
            session_->trace,
            session_->cursor,
            session_->player,
            step_,
            steps_,
            parts_,
            theme(ui_.theme),
            fonts_,
            session_->search,
            moved_,
            ui_,
            requests,
            files_,
            live_};
}

void App::draw(Requests& requests) {
    FrameContext context = context_of(requests);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const std::string notice = ui_.go_to_error.empty() ? this->notice() : ui_.go_to_error;
    const bool files = files_.state() != Files::State::closed && !aside_;
    const bool noticed = files || (!notice.empty() && !aside_);
    const Layout layout = arrange(size.x, size.y, fonts_.em, ui_.left != LeftPanel::none, noticed,
                                  files ? files_height(context, size.x) : notice_height(context, notice, size.x));
    stage_overflow_ = 0;
    stage_ = page() != nullptr || ui_.help ? layout.page : layout.stage;
    if (!files) ui_.file_field_active = false;

    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::Begin("Keyhole", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    draw_transport(context, layout);
    if (layout.tabs_shown) {
        ImGui::SetCursorPos({layout.tabs.x, layout.tabs.y});
        if (ImGui::BeginChild("tabs", {layout.tabs.w, layout.tabs.h}, false, ImGuiWindowFlags_NoNav))
            draw_tabs(context);
        ImGui::EndChild();
    }
    if (files) {
        panel(context, "files", layout.notice, false, draw_files);
    } else if (layout.notice_shown) {
        panel(context, "notice", layout.notice, false,
              [&](FrameContext& v) { draw_notice(v, notice, ui_.go_to_error.empty() ? v.theme.text : v.theme.error); });
    }
    draw_room(context, layout);
    panel(context, "scrubber", layout.bottom, false, [&](FrameContext& v) { draw_scrubber(v, !layout.low); });
    if (!aside_) {
        const Rect room{layout.bottom.x, 0, layout.bottom.w, layout.bottom.bottom()};
        draw_search(context, room);
        if (files) draw_file_list(context, room);
    }
    ImGui::End();
}

void App::draw_room(FrameContext& context, const Layout& layout) {
    if (ui_.help) {
        return panel(context, "help", layout.page, true, [](FrameContext& v) {
            scroll(v.ui.scroll_stage);
            draw_help(v);
        });
    }
    if (Page* shown = page()) {
        panel(context, "page", layout.page, false, [&](FrameContext& v) { shown->draw(v, layout.page); });
        return;
    }
    if (layout.left_shown) panel(context, "left", layout.left, false, draw_left);
    panel(context, "stage", layout.stage, true, [&](FrameContext& v) {
        scroll(v.ui.scroll_stage);
        draw_stage(v);
        if (layout.one_column) draw_details(v);
        stage_overflow_ = ImGui::GetScrollMaxY();
    });
    if (layout.one_column) return;
    panel(context, "details", layout.details, true, [](FrameContext& v) {
        if (v.moved) ImGui::SetScrollY(0);
        scroll(v.ui.scroll_details);
        draw_details(v);
    });
}

} // namespace keyhole::viz
