// Finding a step: what is typed into the go-to field, the list of what the search finds for it, and going there.
#pragma once

#include <string>

#include "viz/base/command.hpp"
#include "viz/frame/go_to_state.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

class GoTo {
  public:
    const GoToState& state() const { return state_; }

    /// The field is given the keyboard when it is drawn next; once it was drawn, it has it.
    void ask() { state_.wants_keyboard = true; }
    void drawn() { state_.wants_keyboard = false; }

    /// A key: Up and Down choose in the list, Enter in the field goes when the frame has been drawn, since characters
    /// that came with it are in the field only then. True: used.
    bool press(const KeyPress& press, const StepSearch& search, bool field_active);
    /// Whether Enter was pressed in the field, once. It goes as soon as something is found.
    bool take_entered();

    /// What is typed now: the search for it begins.
    void type(Session& session, std::string text);
    void close_list() { state_.open = false; }
    /// The list closes, and the search ends; the text stays.
    void close(Session& session);
    /// Escape: the field is left, its text and what was wrong with it are gone.
    void leave(Session& session);
    /// Another trace is shown: what was found is not in it.
    void forget();

    void go(Session& session, const std::string& address);
    /// Searches for a moment, and goes to what is found if Enter was pressed already.
    void search_some(Session& session);

  private:
    GoToState state_;
    bool enter_pressed_ = false; // in the field, in this frame
    bool entered_ = false;       // go as soon as something is found
};

} // namespace keyhole::viz
