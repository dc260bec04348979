// The keyboard's events between the window system and a frame. ImGui before 1.87 asks once a frame which keys are down,
// so a key that comes and goes within one slow frame would be lost: here a frame gets one key stroke at the most, and
// press, release and the next press each have a frame; in between a field that the first asked for gets the keyboard.
#pragma once

#include <deque>
#include <vector>

namespace keyhole::viz {

struct KeyEvent {
    enum class Kind { press, repeat, release, character };

    Kind kind = Kind::press;
    int key = 0, scancode = 0, modifiers = 0; // as the window library numbers them
    bool is_modifier = false;                 // Shift, Ctrl and the like: a stroke only with another key
    unsigned character = 0;                   // Unicode, where `kind` says so
};

class KeyQueue {
  public:
    void put(KeyEvent event) { events_.push_back(event); }
    bool empty() const { return events_.empty(); }

    /// What the next frame gets, in the order in which it came. A key that is held down repeats as often as it did, so
    /// that no slow frame makes it go on after it was let go.
    std::vector<KeyEvent> take_frame();

  private:
    std::deque<KeyEvent> events_;
};

} // namespace keyhole::viz
