#include "viz/platform/web/page_window.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/resources.hpp"
#include "viz/app/settings.hpp"
#include "viz/base/web/browser.hpp"
#include "viz/base/work/waiting_jobs_web.hpp"
#include "viz/platform/begin.hpp"
#include "viz/platform/gl.hpp"
#include "viz/platform/paint.hpp"
#include "viz/platform/web/imgui_input.hpp"
#include "viz/platform/window_title.hpp"

namespace keyhole::viz {
namespace {

constexpr int frames_after_event = 3;
// Narrower than this (CSS pixels), everything is drawn smaller instead, so that the panels have room: a telephone.
constexpr float least_page_width = 720;

// By ImGuiMouseCursor_.
constexpr std::array cursors = {"default",     "text",        "move",    "ns-resize",  "ew-resize",
                                "nesw-resize", "nwse-resize", "pointer", "not-allowed"};

float page_scale(int width, float ratio) {
    return fitting_scale(ratio * std::min(1.0F, static_cast<float>(width) / ratio / least_page_width));
}

} // namespace

PageWindow*& page_window() {
    static PageWindow* window = nullptr;
    return window;
}

PageWindow::PageWindow(Options options)
    : app_(std::move(options.recording), resources::font_dir(), std::move(options.title)),
      wishes_{.theme = options.theme, .scale = options.scale, .remembers = !options.no_state} {
    try {
        if (wishes_.remembers) state_ = read_window_state(state_file);
    } catch (const Error&) { // as a first window
    }
    app_.ui().theme = wishes_.theme.value_or(state_.theme);
    if (state_.knows_the_moves) app_.ui().done = {.over = true, .into = true, .follow = true};
    begin(app_, options);
    app_.set_wake([this] { stir(); });

    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    io.ClipboardUserData = this;
    io.SetClipboardTextFn = [](void* self, const char* text) {
        static_cast<PageWindow*>(self)->clipboard_ = text;
        browser_copy(text);
    };
    io.GetClipboardTextFn = [](void* self) { return static_cast<PageWindow*>(self)->clipboard_.c_str(); };
    name_keys();
    ImGui_ImplOpenGL3_Init(shader_version);
}

void PageWindow::resize(int width, int height, float ratio) {
    const float zoom_before = ratio_ == 0 ? wishes_.scale.value_or(static_cast<float>(state_.zoom)) : zoom();
    width_ = std::max(1, width);
    height_ = std::max(1, height);
    ratio_ = ratio;
    empty_ = true;
    app_.ui().scale = fitting_scale(zoom_before * page_scale(width_, ratio));
    ImGui::GetIO().DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
    stir();
}

float PageWindow::zoom() {
    const float page = page_scale(width_, ratio_), now = app_.ui().scale;
    return wishes_.scale && now == fitting_scale(*wishes_.scale * page) ? *wishes_.scale : now / page;
}

void PageWindow::put(const KeyEvent& event) {
    keys_.put(event);
    stir();
}

void PageWindow::stir() { frames_ = frames_after_event; }

void PageWindow::paste(std::string text) {
    clipboard_ = std::move(text);
    for (const auto kind : {KeyEvent::Kind::press, KeyEvent::Kind::release})
        put({.kind = kind, .key = 'v', .modifiers = key_modifier::ctrl});
}

void PageWindow::feed_keys() {
    for (const KeyEvent& event : keys_.take_frame()) {
        if (event.kind == KeyEvent::Kind::character) {
            app_.type(event.character);
        } else {
            feed_imgui(event);
        }
        if (const auto press = press_of(event)) app_.press(*press);
    }
    if (!keys_.empty()) stir();
}

double PageWindow::frame(double now) {
    if (width_ == 0) return -1;
    if (const auto due = app_.due(); due && due->count() <= now) stir();
    if (frames_ > 0) {
        --frames_;
        feed_keys();
        draw(now);
        if (app_.picture_request()) draw_picture();
        tell_page();
        if (frames_ > 0) return 0;
    }
    if (job_waits()) { // what is going on was drawn just now
        run_waiting_job();
        if (job_waits()) { // a slice of it is done
            frames_ = 1;
        } else {
            stir();
        }
        return 0;
    }
    const auto due = app_.due();
    return due ? std::max(0.0, due->count() - now) : -1;
}

void PageWindow::draw(double now) {
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = std::clamp(static_cast<float>(now - drawn_), 0.001F, 1.0F);
    drawn_ = now;
    begin_frame(app_);
    ImGui::NewFrame();
    app_.frame(Seconds(now));
    ImGui::Render();
    if (!app_.worth_showing() && !empty_) return;
    empty_ = false;
    glViewport(0, 0, width_, height_);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void PageWindow::draw_picture() {
    try {
        app_.picture_drawn(
            paint_window(app_, {.width = width_, .height = height_}, app_.picture_request()->stage_only));
    } catch (const Error& error) {
        app_.picture_failed(error.what());
    }
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    stir();
}

void PageWindow::tell_page() {
    const Session& session = app_.session();
    if (app_.ui().quit) {
        app_.ui().quit = false;
        app_.ui().notice = "a page is closed by its tab";
        stir();
    }
    if (std::string title = window_title(app_); title != title_) browser_set_title((title_ = std::move(title)).c_str());
    const std::string address = session.cursor.address();
    const auto jumps = static_cast<int>(session.cursor.jumps());
    if (std::string place = address + std::to_string(jumps) + " " + std::to_string(session.id); place != place_) {
        place_ = std::move(place);
        browser_show_place(address.c_str(), jumps, static_cast<int>(session.id));
    }
    const int shape = ImGui::GetMouseCursor();
    const std::string cursor =
        shape < 0 || shape >= static_cast<int>(cursors.size()) ? "none" : cursors[static_cast<std::size_t>(shape)];
    if (cursor != cursor_) browser_set_cursor((cursor_ = cursor).c_str());
    const Rect field = field_place();
    browser_set_typing(ImGui::GetIO().WantTextInput ? 1 : 0, field.x, field.y, field.h);
    remember();
}

void PageWindow::remember() {
    if (!wishes_.remembers) return;
    WindowState now = state_;
    if (app_.ui().theme != wishes_.theme) now.theme = app_.ui().theme;
    if (zoom() != wishes_.scale) now.zoom = std::clamp(static_cast<double>(zoom()), least_zoom, most_zoom);
    now.knows_the_moves = state_.knows_the_moves || app_.ui().done.all();
    if (now == state_) return;
    state_ = now;
    try {
        write_window_state(state_file, state_);
        browser_remember(read_file(state_file, 4096).c_str());
    } catch (const Error&) { // the window works without
    }
}

} // namespace keyhole::viz
