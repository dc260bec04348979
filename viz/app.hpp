// The application without a window: recording, trace, cursor, player and the state of the user interface, and one
// function that draws one frame. It never waits and knows no GLFW: window, off-screen picture and tests use the same.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "viz/view.hpp"

namespace keyhole::viz {

/// A recording with everything that looks at it.
struct Session {
    explicit Session(Recording what) : recording(std::move(what)) {}

    Recording recording;
    Trace trace{recording};
    Cursor cursor{trace.tree()};
    Player player{trace.tree(), cursor};
    Search search{trace};
};

class App {
  public:
    /// `font_folder` as resources::font_dir(). The recording must hold at least one step.
    App(Recording recording, std::filesystem::path font_folder);

    UiState& ui() { return ui_; }
    const Session& session() const { return *session_; }

    /// Throws Error (bad_input) when the trace has no such step.
    void go_to(std::string_view address) { session_->player.go_to(address); }

    /// A key that was pressed or repeats. It acts in the next frame, unless a text field wants it.
    void press(const KeyPress& press) { pressed_.push_back(press); }

    /// To be called before ImGui::NewFrame(): rebuilds the font atlas when the scale changed. True: upload its texture.
    bool prepare();

    /// One frame, between ImGui::NewFrame() and ImGui::Render().
    void frame(Seconds now);

    /// When a frame is due by itself: the next step while playing, at once while a search goes on.
    std::optional<Seconds> due() const {
        return session_->search.done() ? session_->player.due() : std::optional(Seconds(0));
    }

  private:
    /// True when Enter was pressed in the go-to field. Enter comes from our own queue: ImGui before 1.87 loses a key
    /// that is pressed and released within one slow frame.
    bool keys(Seconds now);
    void run(Command command, Seconds now);
    void carry_out(const Wishes& wishes, Seconds now);
    bool choose_hit(const KeyPress& press);
    void look_on();
    void close_search();
    void refresh();
    void draw(Wishes& wishes);

    std::filesystem::path font_folder_;
    std::unique_ptr<Session> session_;
    UiState ui_;
    Fonts fonts_;
    std::vector<KeyPress> pressed_;
    // What is shown of the current step; made anew when the cursor moved.
    Step step_;
    std::vector<StepRow> steps_;
    PartsView parts_;
    bool moved_ = true;
};

} // namespace keyhole::viz
