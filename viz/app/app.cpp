#include "viz/app/app.hpp"

#include <algorithm>
#include <cmath>

#include "viz/app/settings.hpp"
#include "viz/app/window_view.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_theme.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/stage_memory.hpp"

namespace keyhole::viz {
namespace {

constexpr float text_height = 18; // pixels at scale 1
// In a larger window than this (pixels), a theme that grows has larger type.
constexpr float presented_growth = 0.8F; // in every theme, while presenting
constexpr double most_moving_speed = 2;  // steps a second; faster playing leaves no time to move
constexpr float usual_width = 1280, usual_height = 720;
constexpr int most_unseen = 4; // frames in a row

} // namespace

App::App(Recording recording, std::filesystem::path font_folder, std::string title, std::span<const PageInfo> pages)
    : font_folder_(std::move(font_folder)), pages_(pages) {
    sessions_.open({.recording = std::move(recording), .title = std::move(title), .go_to = {}});
}

void App::show(PageName page) {
    if (find_page(pages_.table(), page) == nullptr) return;
    ui_.show(page);
    window_.moved = true;
}

void App::begin_with(PageName page, std::string_view words) {
    if (Page* one = pages_.page(page)) one->begin_with(words);
}

void App::set_wake(std::function<void()> wake) {
    live_.controller().set_wake(wake);
    lecture_.set_wake(wake);
    pages_.set_wake(std::move(wake));
}

void App::picture_failed(std::string_view why) {
    picture_.end_order();
    files_.files().fail(why);
}

bool App::prepare(int largest_texture) {
    Drawing& now = drawing();
    now.fonts.largest_texture = largest_texture;
    const Theme& colours = theme(ui_.theme);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float larger = std::clamp(std::min(size.x / usual_width, size.y / usual_height), 1.0F, 3.0F);
    const float scale = ui_.scale * now.ratio;
    const float growth = ui_.presenting ? std::max(colours.growth, presented_growth) : colours.growth;
    const float em = std::round(text_height * scale * colours.text_factor * (1 + growth * (larger - 1)));
    apply_theme(colours, em);
    const bool more = take_lacking(now.fonts, system_fonts_);
    if (std::string words = system_fonts_.take_advice(); !words.empty()) ui_.notice = std::move(words);
    if (now.fonts.em == em && !more) return false;
    load_fonts(*ImGui::GetIO().Fonts, now.fonts, font_folder_, em, system_fonts_);
    return now.moved = true;
}

void App::frame(Seconds now) {
    files_.end_work(sessions_, ui_, now);
    live_.update(now);
    lecture_.update(now);
    sessions_.shown().player.tick(now);
    if (goes_by_itself(ui_.overlay) && now >= overlay_ends_) ui_.overlay = Overlay::none;
    pages_.tick(ui_.page, now);
    refresh();
    hand_out_keys(now);

    Requests requests;
    draw(requests);
    end_frame(ui_);
    go_to_.drawn();
    if (files_.files().state() == Files::State::asking) files_.files().drawn();

    apply(requests, now);
    if (page() != nullptr || ui_.help) window_.state.of<StageMemory>().moving = false; // no stage is seen
    ui_.done.follow = ui_.done.follow || window_.state.of<StageMemory>().keeps();
    // Here, because a field that was given the keyboard a frame ago takes it only while it is drawn.
    if (std::exchange(leaves_field_, false)) {
        compat::leave_field();
        go_to_.leave(sessions_.shown());
    }
    if (go_to_.take_entered()) compat::leave_field();
    go_to_.search_some(sessions_.shown());
    if (auto order = files_.begin_work(sessions_.shown().recording)) picture_.order(std::move(*order));
    refresh();
    if (frozen_) return;
    lecture_.publish_shown(cover());
    pages_.after_frame(sessions_.shown(), cover());
}

bool App::worth_showing() {
    unseen_ = is_lacking(drawing().fonts) && unseen_ < most_unseen ? unseen_ + 1 : 0;
    return unseen_ == 0;
}

std::optional<Seconds> App::due() {
    const Session& shown = sessions_.shown();
    if (!shown.search.done() || is_lacking(window_.fonts)) return Seconds(0);
    if (window_.state.of<StageMemory>().moving) return Seconds(0);
    std::optional<Seconds> first;
    if (goes_by_itself(ui_.overlay)) first = overlay_ends_;
    for (const auto& due :
         {shown.player.due(), live_.due(), lecture_.due(), files_.files().due(), pages_.due(ui_.page)})
        if (due) first = std::min(first.value_or(*due), *due);
    return first;
}

void App::refresh() {
    using Change = CurrentStep::Change;
    const Change change = current_.look(sessions_.shown());
    if (change == Change::none) return;
    window_.moved = true;
    if (change == Change::grown) return;
    ui_.revealed = false;
    ui_.copied.clear();
    ui_.overlay = Overlay::none;
    if (change == Change::trace) frozen_.reset();
    StageMemory& stage = window_.state.of<StageMemory>();
    if (change == Change::round) stage.state(StageKind::round).follow(0, false);
    if (change == Change::trace) {
        stage.forget_followed();
        go_to_.forget();
    }
}

void App::draw_picture() {
    Requests nothing;
    draw(nothing);
}

void App::draw(Requests& requests) {
    FrameContext context = context_of(requests);
    const std::string& wrong = go_to_.state().error;
    drawing().stage = draw_window(context, {.page = page(),
                                            .notice = wrong.empty() ? notice() : wrong,
                                            .wrong = !wrong.empty(),
                                            .bare = picture_.drawing() != nullptr});
    drawing().moved = false;
}

FrameContext App::context_of(Requests& requests) {
    const Session& shown = sessions_.shown();
    Drawing& now = drawing();
    return {.session = shown,
            .before = sessions_.shown_before(),
            .trace = shown.trace,
            .cursor = frozen_ ? frozen_->cursor : shown.cursor,
            .player = shown.player,
            .step = frozen_ ? frozen_->step : current_.step(),
            .steps = current_.rows(),
            .theme = theme(ui_.theme),
            .fonts = now.fonts,
            .search = shown.search,
            .frozen = frozen_.has_value(),
            .still = ui_.still || picture_.drawing() != nullptr || shown.player.speed() > most_moving_speed,
            .moved = now.moved,
            .lecture_covers = lecture_.covers(),
            .ui = ui_,
            .go_to = go_to_.state(),
            .files = files_.files(),
            .live = live_.controller(),
            .pages = pages_.table(),
            .state = now.state,
            .requests = requests};
}

LectureCover App::cover() const {
    if (!ui_.predicting) return LectureCover::nothing;
    return ui_.covers(current_.step()) ? LectureCover::step : LectureCover::later;
}

std::string App::notice() const {
    if (!ui_.notice.empty()) return ui_.notice;
    std::string words = lecture_.line();
    if (words.empty()) words = live_.line();
    return words.empty() ? pages_.notice(ui_.page) : words;
}

} // namespace keyhole::viz
