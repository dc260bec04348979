// The traces that are open in the window, and which one is shown.
#pragma once

#include <memory>
#include <vector>

#include "viz/frame/ui_state.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

class Sessions {
  public:
    /// More than these, and the one that was left longest ago is closed, unless nothing could open it again.
    static constexpr std::size_t most = 8;

    /// `ui` is told on which page an opened trace wants to be seen. Needs open() before anything else.
    explicit Sessions(UiState& ui) : ui_(&ui) {}

    /// Shows another recording; the one before is kept. Throws Error (bad_input), and changes nothing, when it has no
    /// step, or none with the address.
    Session& open(Opened opened);
    /// The same, but the error becomes the notice. Nothing where there was one.
    Session* try_open(Opened opened);

    Session& shown() { return *sessions_.back(); }
    const Session& shown() const { return *sessions_.back(); }
    void show(const Session& session);
    /// Nothing when only one is open.
    const Session* shown_before() const {
        return sessions_.size() < 2 ? nullptr : sessions_[sessions_.size() - 2].get();
    }
    Session* shown_before() { return sessions_.size() < 2 ? nullptr : sessions_[sessions_.size() - 2].get(); }

    Session* find(std::uint64_t id);
    /// The one shown last comes last.
    const std::vector<std::unique_ptr<Session>>& all() const { return sessions_; }
    /// Not the one that is shown.
    void close(std::uint64_t id);

    /// Takes over what a later state of the session's recording has more.
    static void grow(Session& session, const Recording& later);

  private:
    void close_oldest();

    UiState* ui_;
    std::vector<std::unique_ptr<Session>> sessions_; // the one shown is the last
};

} // namespace keyhole::viz
