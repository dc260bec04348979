// The application without a window: its parts, and one function that draws one frame and says in which order the parts
// act. It never waits and knows no GLFW: window, off-screen picture and tests use the same.
#pragma once

#include <filesystem>
#include <span>

#include "viz/app/drawing.hpp"
#include "viz/app/file_bar.hpp"
#include "viz/app/go_to.hpp"
#include "viz/app/keys.hpp"
#include "viz/app/page_table.hpp"
#include "viz/app/pages.hpp"
#include "viz/app/sessions/current_step.hpp"
#include "viz/app/sessions/lecture_session.hpp"
#include "viz/app/sessions/live_sessions.hpp"
#include "viz/app/sessions/sessions.hpp"

namespace keyhole::viz {

class App {
  public:
    /// `font_folder` as resources::font_dir(). The recording must hold at least one step.
    App(Recording recording, std::filesystem::path font_folder, std::string title = {},
        std::span<const PageInfo> pages = all_pages());

    UiState& ui() { return ui_; }
    ViewState& state() { return window_.state; }
    const Session& session() const { return sessions_.shown(); }
    const GoToState& go_to_field() const { return go_to_.state(); }
    /// The exchange with other programs; what it records is shown as a session that grows.
    LiveController& live() { return live_.controller(); }
    /// Publishes what is shown, or follows a window that does.
    LectureSession& lecture() { return lecture_; }

    /// Throws Error (bad_input) when the trace has no such step.
    void go_to(std::string_view address) { sessions_.shown().player.go_to(address); }
    /// Opens a file as the bar for files does, without asking for its name.
    void open(const std::filesystem::path& file) { files_.open(file); }
    /// Shows a page; one that there is not changes nothing.
    void show(PageName page);
    /// What the command line gives to a page, which is not shown by that.
    void begin_with(PageName page, std::string_view words);
    /// A key that was pressed or repeats. It acts in the next frame, unless a text field wants it.
    void press(const KeyPress& press) { keys_.press(press); }
    /// A character that was typed, for the field that has the keyboard.
    void type(char32_t character);
    /// Called from another thread when a frame is wanted.
    void set_wake(std::function<void()> wake);

    /// Where characters come from that the window's own fonts lack; without a call from nowhere.
    void take_fonts_from(SystemFonts fonts) { system_fonts_ = std::move(fonts); }

    /// To be called before ImGui::NewFrame(): rebuilds the font atlas when the scale changed, or when characters were
    /// to be drawn that it lacks. `largest_texture`: pixels a side that the graphics card takes. True: upload its
    /// texture.
    bool prepare(int largest_texture = 16384);
    /// One frame, between ImGui::NewFrame() and ImGui::Render().
    void frame(Seconds now);
    /// To be asked once after each frame. False: it lacks characters or a size of type that the next one has, so that
    /// it is better not shown; never many in a row.
    bool worth_showing();
    /// When a frame is due by itself: the next step while playing, at once while a search goes on, what a page wants.
    std::optional<Seconds> due();

    /// A picture is wanted now: whoever can draw one answers with one of the two below.
    const std::optional<PictureRequest>& picture_request() const { return picture_.request(); }
    void picture_drawn(Image picture) { files_.files().work(picture_.end_order(), std::move(picture)); }
    void picture_failed(std::string_view why);
    /// Between the two the application draws itself `ratio` times as large, in an ImGui context of its own, without
    /// notices and lists: prepare(), then draw_picture() in every frame.
    void begin_picture(float ratio) { picture_.begin(window_, ratio); }
    void draw_picture();
    StagePlace end_picture() { return picture_.end(); }

  private:
    void hand_out_keys(Seconds now);
    bool press_page(const KeyPress& press, Seconds now);
    void run(Command command, Seconds now);
    void close();
    void show_overlay(Overlay what, Seconds now);
    void freeze();
    void apply(Requests& requests, Seconds now);
    void apply(Request& request, Seconds now);
    /// Takes a look at where the cursor stands now; what belonged to the step before is over.
    void refresh();
    void draw(Requests& requests);
    FrameContext context_of(Requests& requests);
    Drawing& drawing() { return picture_.drawing() != nullptr ? *picture_.drawing() : window_; }
    Page* page() { return pages_.page(ui_.page); }
    /// What those who follow are to guess too.
    LectureCover cover() const;
    std::string notice() const;

    std::filesystem::path font_folder_;
    SystemFonts system_fonts_;
    UiState ui_;
    Sessions sessions_{ui_};
    LiveSessions live_{sessions_, ui_};
    LectureSession lecture_{sessions_, ui_};
    Pages pages_;
    FileBar files_;
    GoTo go_to_;
    Keys keys_;
    CurrentStep current_;
    Drawing window_;
    PictureBeingTaken picture_;
    /// The step that stays in sight while the cursor goes elsewhere.
    struct Frozen {
        Cursor cursor;
        Step step;
    };
    std::optional<Frozen> frozen_;
    Seconds overlay_ends_{0};
    int unseen_ = 0;            // frames in a row that were not worth showing
    bool leaves_field_ = false; // Escape was pressed: no field keeps the keyboard
};

} // namespace keyhole::viz
