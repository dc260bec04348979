// The application without a window: recording, trace, cursor, player and the state of the user interface, and one
// function that draws one frame. It never waits and knows no GLFW: window, off-screen picture and tests use the same.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/error.hpp"
#include "viz/frame/page.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

class Follower;
class Publisher;

class App {
  public:
    /// `font_folder` as resources::font_dir(). The recording must hold at least one step.
    App(Recording recording, std::filesystem::path font_folder, std::string title = {});
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    UiState& ui() { return ui_; }
    const Session& session() const { return *session_; }

    /// Throws Error (bad_input) when the trace has no such step.
    void go_to(std::string_view address) { session_->player.go_to(address); }

    /// Shows a view; one without a page changes nothing.
    void show(PageName page) { show_page(page); }

    /// The exchange with other programs; what it records is shown as a session that grows.
    LiveController& live() { return live_; }

    /// Publishes what is shown on a port, for followers; what becomes of it is said in the notice line.
    void publish(const HostPort& listen);
    /// Goes along with a window that publishes.
    void follow(const HostPort& publisher);

    /// Called from another thread when a frame is wanted.
    void set_wake(std::function<void()> wake);

    /// A key that was pressed or repeats. It acts in the next frame, unless a text field wants it.
    void press(const KeyPress& press) { pressed_.push_back(press); }

    /// To be called before ImGui::NewFrame(): rebuilds the font atlas when the scale changed. True: upload its texture.
    bool prepare();

    /// One frame, between ImGui::NewFrame() and ImGui::Render().
    void frame(Seconds now);

    /// Shows another recording; the one before is kept, and Command::other_trace returns to it. Throws Error
    /// (bad_input), and changes nothing, when it has no step, or none with the address.
    void open(Opened opened);

    /// What the picture that is wanted now shows: the stage alone, or the whole window. Whoever can draw answers with
    /// one of the two below.
    struct PictureRequest {
        bool stage_only = true;
    };
    const std::optional<PictureRequest>& picture_request() const { return picture_request_; }
    void picture_drawn(Picture picture);
    void picture_failed(const Error& error);

    /// Between the two the application draws itself `ratio` times as large, in an ImGui context of its own, without
    /// notices and lists: prepare(), then draw_picture() in every frame. `end_picture` tells where the stage was.
    struct Drawn {
        Rect stage;
        float overflow = 0; // what of the stage was not seen, in pixels: it would have to be scrolled
    };
    void begin_picture(float ratio);
    void draw_picture();
    Drawn end_picture();

    /// When a frame is due by itself: the next step while playing, at once while a search goes on, what a page wants.
    std::optional<Seconds> due() const;

  private:
    /// True when Enter was pressed in the go-to field. Enter comes from our own queue: ImGui before 1.87 loses a key
    /// that is pressed and released within one slow frame.
    bool keys(Seconds now);
    void run(Command command, Seconds now);
    void apply(Requests& requests, Seconds now);
    void apply(Request& one, Seconds now);
    bool choose_hit(const KeyPress& press);
    bool press_help(const KeyPress& press);
    bool press_page(const KeyPress& press, Seconds now);
    void search_some();
    void do_file();
    void end_file_work(Seconds now);
    bool press_files(const KeyPress& press);
    void close_search();
    void refresh();
    // The live exchange (live_app.cpp).
    void update_live(Seconds now);
    void grow_sessions();
    bool run_live(Command command);
    void step_live();
    void follow_live_step();
    void show_as_next();
    void show_as(Viewer viewer);
    std::string notice() const;
    // Lectures (lecture_app.cpp).
    void update_lecture(Seconds now);
    std::optional<Seconds> lecture_due() const;
    void publish_shown();
    void show_lecture(Recording recording);
    void go_along();
    void toggle_follow();
    std::string lecture_line() const;
    void show_page(PageName page);
    Session* session_with(std::uint64_t id) const;
    void show_session(const Session& session);
    /// Takes over what a later state of the session's recording has more.
    void grow_session(Session& session, const Recording& now);
    /// False, and a notice says why, when the recording cannot be shown.
    void close_oldest();
    bool try_open(Opened opened);
    Page* page() const;
    FrameContext context_of(Requests& requests);
    void draw(Requests& requests);
    void draw_room(FrameContext& context, const Layout& layout);

    std::filesystem::path font_folder_;
    LiveController live_;
    std::uint64_t live_shown_ = 0; // the chosen party that was shown last
    Node live_stepped_from_;       // where the cursor stood when its last step was begun
    Wake wake_;                    // before those who call it
    std::unique_ptr<Publisher> publisher_;
    std::unique_ptr<Follower> follower_;
    bool following_ = false;
    std::uint64_t lecture_session_ = 0;              // the session that shows what is followed
    std::optional<Recording> lecture_waiting_;       // came while it was left
    Node lecture_place_;                             // where following led to last
    std::vector<std::unique_ptr<Session>> sessions_; // the one shown is the last
    Session* session_ = nullptr;
    std::array<std::unique_ptr<Page>, page_count> pages_;
    UiState ui_;
    Fonts fonts_;
    Files files_;
    std::optional<FileOrder> picture_order_;
    std::optional<PictureRequest> picture_request_;
    // While a picture is drawn: what the window goes on with.
    struct Aside {
        Fonts fonts;
        float scale = 1;
        bool moved = false;
    };
    std::optional<Aside> aside_;
    Rect stage_;
    float stage_overflow_ = 0;
    std::vector<KeyPress> pressed_;
    bool leave_field_ = false;  // Escape was pressed: no field keeps the keyboard
    bool file_entered_ = false; // Enter was pressed in the bar for files
    // What is shown of the current step; made anew when the cursor moved.
    Step step_;
    std::vector<StepRow> steps_;
    PartsModel parts_;
    bool moved_ = true;
};

} // namespace keyhole::viz
