// Stepping through a trace by typed lines, for every command with --step: the window's moves on the window's cursor,
// and its search.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/steps/cursor.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::cli {

class Stepper {
  public:
    /// Stands on the first step. The trace must outlive the stepper and may grow.
    /// `plain`: everything is told a sentence a line. `more_help` ends what help() says.
    explicit Stepper(const Trace& trace, bool plain = false, std::string more_help = {})
        : trace_(&trace), cursor_(trace.tree()), plain_(plain), more_help_(std::move(more_help)) {}

    /// What the keys mean, for people.
    std::string help() const;

    /// Throws Error (bad_input) where there is no such step.
    void start_at(std::string_view address) { cursor_.go_to(address); }

    /// What a line does (Enter is an empty one, an arrow key its escape sequence), and the text to show for it;
    /// nothing: it says quit. Throws Error (bad_input) for a line without a meaning and where no step is found.
    std::optional<std::string> obey(std::string_view line);

    const Node& node() const { return cursor_.node(); }
    /// The current step in full.
    std::string here() const;
    /// "[3 of 4302] "; plain: "Step 3 of 4302. "
    std::string prompt() const;

  private:
    std::string go_to(std::string_view where);

    const Trace* trace_;
    Cursor cursor_;
    bool plain_;
    std::string more_help_;
};

/// Reads lines from standard input until one says quit or there are no more; begins at `address`, if there is one.
/// Throws Error (bad_input) where there is no such step.
void step_through(const Trace& trace, const std::optional<std::string>& address, bool plain);

} // namespace keyhole::cli
