// The bar for files: its keys, when its work begins, and what comes of it.
#pragma once

#include <optional>

#include "viz/app/sessions/sessions.hpp"
#include "viz/files/files_model.hpp"

namespace keyhole::viz {

class FileBar {
  public:
    Files& files() { return files_; }
    const Files& files() const { return files_; }
    bool shown() const { return files_.state() != Files::State::closed; }

    /// Enter, when the field has the keyboard or nobody else is typing; Up, Down and Escape. True: used.
    bool press(const KeyPress& press, bool field_active, bool others_type);
    /// It is done when the frame has been drawn, since characters that came with an Enter are in the field only then.
    void enter() { entered_ = true; }

    /// As if its path were typed into the bar and entered.
    void open(const std::filesystem::path& file);

    /// After each frame: begins what was entered. A picture is left to whoever draws it: its order is returned.
    std::optional<FileOrder> begin_work(const Recording& shown);
    /// Before each frame: what has ended is said in the notice, and a recording that was read is opened.
    void end_work(Sessions& sessions, UiState& ui, Seconds now);

  private:
    Files files_;
    bool entered_ = false;
};

} // namespace keyhole::viz
