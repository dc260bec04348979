// Plays the trace: the cursor goes on by itself, every step in the order of happening. It stops at the end and by any
// step of the user. It owns no clock: whoever calls says what time it is, so that tests and browsers can.
#pragma once

#include <chrono>
#include <optional>

#include "core/steps/cursor.hpp"
#include "viz/base/command.hpp"

namespace keyhole::viz {

using Seconds = std::chrono::duration<double>;

class Player {
  public:
    /// Both must outlive the player.
    Player(const StepTree& tree, Cursor& cursor) : tree_(&tree), cursor_(&cursor) {}

    bool playing() const { return playing_; }
    /// Steps a second.
    double speed() const;
    /// Playing goes from step to step on one level, not into them.
    bool on_one_level() const { return on_one_level_; }

    /// Carries out a command that concerns the cursor or playing; false where it is none of these.
    bool run(Command command, Seconds now);

    // Jumps of the mouse and of the go-to field; they stop the playing too.
    bool go_to(const Node& node);
    /// Throws Error (bad_input) when the trace has no such step.
    bool go_to(std::string_view address);
    /// A drag along the scrubber is one jump, however many steps it passes: `going_on` is false for its first call.
    bool seek(std::uint64_t number, bool going_on);

    /// Takes the steps that are due; true when the cursor moved.
    bool tick(Seconds now);
    /// When the next step is due; empty while paused.
    std::optional<Seconds> due() const;

  private:
    const StepTree* tree_;
    Cursor* cursor_;
    bool has_next() const;

    bool playing_ = false, on_one_level_ = false;
    std::size_t speed_ = 3; // one step a second
    Seconds due_{0};
};

} // namespace keyhole::viz
