// The live exchange as the window shows it: each party's recording is a session that grows, a party that is chosen
// comes to be shown, and a step that is performed at the end of the trace is followed.
#pragma once

#include <string>

#include "viz/app/sessions/sessions.hpp"
#include "viz/base/command.hpp"
#include "viz/live/live_controller.hpp"

namespace keyhole::viz {

class LiveSessions {
  public:
    /// Both must outlive it.
    LiveSessions(Sessions& sessions, UiState& ui) : sessions_(&sessions), ui_(&ui) {}

    LiveController& controller() { return controller_; }
    const LiveController& controller() const { return controller_; }

    /// Before each frame.
    void update(Seconds now);
    std::optional<Seconds> due() const;

    /// A command that concerns the live exchange: N and R, and the moves at the end of a trace that goes on. False
    /// where it does not.
    bool run(Command command);
    /// Whose turn it is, for views that show an exchange; empty when there is nothing to say.
    std::string line() const;

  private:
    void grow();
    void step();
    void follow_step();

    Sessions* sessions_;
    UiState* ui_;
    LiveController controller_;
    std::uint64_t shown_ = 0; // the chosen party that was shown last
    Node stepped_from_;       // where the cursor stood when its last step was begun
};

} // namespace keyhole::viz
